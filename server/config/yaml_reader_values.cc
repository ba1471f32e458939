// The single values that a YamlReader reads.

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "server/config/yaml_reader.h"
#include "yaml-cpp/node/impl.h"

namespace bursar {
namespace {

std::string BoundsText(absl::Duration least, absl::Duration most) {
  return absl::StrCat(" from ", absl::FormatDuration(least), " to ",
                      absl::FormatDuration(most));
}

std::optional<int64_t> ParseSize(absl::string_view text) {
  int64_t unit = 1;
  if (absl::ConsumeSuffix(&text, "KiB")) {
    unit = int64_t{1} << 10;
  } else if (absl::ConsumeSuffix(&text, "MiB")) {
    unit = int64_t{1} << 20;
  }
  int32_t count = 0;  // Times a MiB it cannot overflow.
  if (!absl::SimpleAtoi(text, &count)) return std::nullopt;
  return count * unit;
}

// Days too, which absl does not know: 400d.
bool ParseDurationOrDays(absl::string_view text, absl::Duration& value) {
  int32_t days = 0;
  if (absl::ConsumeSuffix(&text, "d") && absl::SimpleAtoi(text, &days)) {
    value = days * absl::Hours(24);
    return true;
  }
  return absl::ParseDuration(text, &value);
}

}  // namespace

std::optional<std::string> YamlReader::Text() const {
  if (node_.IsScalar() && !node_.Scalar().empty()) return node_.Scalar();
  Fail("must be text");
  return std::nullopt;
}

std::optional<bool> YamlReader::Bool() const {
  if (IsPlainScalar() && node_.Scalar() == "true") return true;
  if (IsPlainScalar() && node_.Scalar() == "false") return false;
  Fail("must be true or false");
  return std::nullopt;
}

std::optional<int64_t> YamlReader::Integer(Within<int64_t> bounds) const {
  int64_t value = 0;
  if (IsPlainScalar() && absl::SimpleAtoi(node_.Scalar(), &value) &&
      value >= bounds.least && value <= bounds.most) {
    return value;
  }
  Fail(absl::StrCat("must be a whole number from ", bounds.least, " to ",
                    bounds.most));
  return std::nullopt;
}

std::optional<int64_t> YamlReader::Size(Within<int64_t> bounds) const {
  const std::optional<int64_t> size =
      IsPlainScalar() ? ParseSize(node_.Scalar()) : std::nullopt;
  if (size && *size >= bounds.least && *size <= bounds.most) return size;
  Fail(absl::StrCat("must be a size such as 65536, 64KiB or 1MiB, from ",
                    bounds.least, " to ", bounds.most, " bytes"));
  return std::nullopt;
}

std::optional<absl::Duration> YamlReader::Duration(
    Within<absl::Duration> bounds) const {
  absl::Duration value;
  if (node_.IsScalar() && ParseDurationOrDays(node_.Scalar(), value) &&
      value >= bounds.least && value <= bounds.most) {
    return value;
  }
  Fail(absl::StrCat("must be a duration such as 500ms, 10s or 1h30m,",
                    BoundsText(bounds.least, bounds.most)));
  return std::nullopt;
}

std::optional<std::string> YamlReader::Path() const {
  const std::optional<std::string> path = Text();
  if (!path) return std::nullopt;
  if (path->find_first_of("\n\r") != std::string::npos ||
      path->find("-----BEGIN") != std::string::npos) {
    Fail("must be the path of a file; its content does not belong here");
    return std::nullopt;
  }
  return Resolve(*path);
}

std::optional<std::string> YamlReader::ReadablePath() const {
  std::optional<std::string> path = Path();
  if (!path) return std::nullopt;
  if (access(path->c_str(), R_OK) == 0) return path;
  Fail(absl::StrCat("names a file that cannot be read: ", *path, ": ",
                    std::strerror(errno)));
  return std::nullopt;
}

std::optional<std::string> YamlReader::Word(
    const std::vector<std::string>& words) const {
  if (node_.IsScalar()) {
    for (const std::string& word : words) {
      if (node_.Scalar() == word) return word;
    }
  }
  Fail(absl::StrCat("must be one of: ", absl::StrJoin(words, ", ")));
  return std::nullopt;
}

}  // namespace bursar

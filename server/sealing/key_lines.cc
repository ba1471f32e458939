#include "server/sealing/key_lines.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

constexpr std::size_t kMaximumIdLength = 32;
constexpr absl::string_view kWrappedPrefix = "pkcs11:";

absl::Status LineFailure(const std::string& where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

bool IsKeyId(absl::string_view text) {
  return !text.empty() && text.size() <= kMaximumIdLength &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

std::optional<Secret> FromBase64(absl::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes)) return std::nullopt;
  return Secret::Take(std::move(bytes));
}

absl::StatusOr<KeyLine> ParseKeyLine(std::string where,
                                     absl::string_view line) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (words.size() != 2) {
    return LineFailure(where, "a line must be KEY-ID, a blank, and the key");
  }
  if (!IsKeyId(words[0])) {
    return LineFailure(where,
                       "a key's id must be 1 to 32 lower-case letters, digits "
                       "and hyphens");
  }
  absl::string_view text = words[1];
  const bool wrapped = absl::ConsumePrefix(&text, kWrappedPrefix);
  std::optional<Secret> value = FromBase64(text);
  if (wrapped && (!value || value->empty())) {
    return LineFailure(where, "what stands after pkcs11: must be base64");
  }
  if (!wrapped && (!value || value->size() != kKeyBytes)) {
    return LineFailure(
        where, absl::StrCat("a key must be ", kKeyBytes, " bytes in base64"));
  }
  KeyLine result;
  result.id = std::string(words[0]);
  result.wrapped = wrapped;
  result.value = *std::move(value);
  result.where = std::move(where);
  return result;
}

}  // namespace

absl::StatusOr<std::vector<KeyLine>> ParseKeyLines(const std::string& path,
                                                   absl::string_view content) {
  std::vector<KeyLine> keys;
  std::size_t begin = 0;
  for (int number = 1; begin < content.size(); ++number) {
    const std::size_t newline = content.find('\n', begin);
    const std::size_t end =
        newline == absl::string_view::npos ? content.size() : newline + 1;
    const absl::string_view line =
        absl::StripAsciiWhitespace(content.substr(begin, end - begin));
    if (!line.empty() && line.front() != '#') {
      absl::StatusOr<KeyLine> key =
          ParseKeyLine(absl::StrCat(path, ":", number), line);
      if (!key.ok()) return key.status();
      const bool repeated = std::any_of(
          keys.begin(), keys.end(),
          [&](const KeyLine& other) { return other.id == key->id; });
      if (repeated) {
        return LineFailure(key->where,
                           "the id of this key was used above; ids differ");
      }
      key->begin = begin;
      key->end = end;
      keys.push_back(*std::move(key));
    }
    begin = end;
  }
  if (keys.empty()) {
    return LineFailure(path,
                       "holds no key; make another file with: bursarctl "
                       "keys create FILE");
  }
  return keys;
}

Secret FormatKeyLine(absl::string_view id, bool wrapped,
                     absl::string_view value) {
  std::string text = absl::Base64Escape(value);
  std::string line =
      absl::StrCat(id, " ", wrapped ? kWrappedPrefix : "", text, "\n");
  Wipe(text);
  return Secret::Take(std::move(line));
}

}  // namespace bursar

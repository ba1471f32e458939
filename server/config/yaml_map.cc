#include "server/config/yaml_map.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "yaml-cpp/node/impl.h"
#include "yaml-cpp/node/iterator.h"

namespace bursar {
namespace {

// What stands below a key repeats it in its own name.
constexpr std::size_t kMaxKeyBytes = 256;

// Levenshtein's distance.
std::size_t Distance(absl::string_view a, absl::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

bool IsNearMiss(const std::string& key, const std::string& known) {
  return Distance(key, known) <= std::min<std::size_t>(2, known.size() / 3) ||
         absl::StartsWith(known, key + "_");
}

// Whether someone who writes this key is about to write down a secret.
bool NamesSecret(const std::string& key) {
  const std::string name = absl::AsciiStrToLower(key);
  return absl::StrContains(name, "secret") ||
         absl::StrContains(name, "passw") || absl::StrContains(name, "token") ||
         name == "key" || absl::EndsWith(name, "_key");
}

}  // namespace

YamlMap::YamlMap(YamlReader reader) : reader_(std::move(reader)) {
  if (!reader_.node_.IsMap()) return;
  for (const auto& entry : reader_.node_) {
    const YAML::Mark mark = entry.first.Mark();
    if (!entry.first.IsScalar()) {
      reader_.Child(reader_.name_, entry.first, mark)
          .Fail("has a key that is not text");
      continue;
    }
    const std::string key = entry.first.Scalar();
    if (key.size() > kMaxKeyBytes) {
      reader_.Child(reader_.name_, entry.first, mark)
          .Fail("has a key that is longer than any");
      continue;
    }
    const std::string name =
        reader_.name_.empty() ? key : absl::StrCat(reader_.name_, ".", key);
    // yaml-cpp places what is not there at the token that follows.
    const YamlReader value = reader_.Child(
        name, entry.second, entry.second.IsNull() ? mark : entry.second.Mark());
    const auto [first, is_new] = key_marks_.emplace(key, mark);
    if (is_new) {
      entries_.emplace_back(key, value);
    } else {
      reader_.Child(name, entry.first, mark)
          .Fail(absl::StrCat("occurs twice; the first is in line ",
                             first->second.line + 1));
    }
  }
}

YamlMap::~YamlMap() {
  for (const auto& [key, mark] : key_marks_) {
    if (asked_.count(key) == 0) RefuseUnknown(key, mark);
  }
}

void YamlMap::RefuseUnknown(const std::string& key,
                            const YAML::Mark& mark) const {
  const std::string name =
      reader_.name_.empty() ? key : absl::StrCat(reader_.name_, ".", key);
  std::string message = "is not a known key";
  for (const std::string& known : asked_) {
    if (key_marks_.count(known) == 0 && IsNearMiss(key, known)) {
      absl::StrAppend(&message, "; did you mean ", known, "?");
      break;
    }
  }
  if (NamesSecret(key)) {
    absl::StrAppend(&message,
                    "; a secret does not belong in this file: keys are named "
                    "by file, client secrets are given to the Clients service");
  }
  reader_.Child(name, YAML::Node(), mark).Fail(message);
}

std::optional<YamlReader> YamlMap::Find(const std::string& key) const {
  asked_.insert(key);
  for (const auto& [name, value] : entries_) {
    if (name == key) return value;
  }
  return std::nullopt;
}

std::optional<YamlReader> YamlMap::Require(const std::string& key) const {
  std::optional<YamlReader> value = Find(key);
  if (!value && reader_.node_.IsMap()) {
    Fail(absl::StrCat("lacks the key ", key));
  }
  return value;
}

std::vector<std::pair<std::string, YamlReader>> YamlMap::Entries() const {
  for (const auto& [key, value] : entries_) asked_.insert(key);
  return entries_;
}

std::string YamlMap::TextOr(const std::string& key,
                            const std::string& otherwise) const {
  const std::optional<YamlReader> value = Find(key);
  return value ? value->Text().value_or(otherwise) : otherwise;
}

std::vector<std::string> YamlMap::TextsOr(
    const std::string& key, std::vector<std::string> otherwise) const {
  const std::optional<YamlReader> list = Find(key);
  if (!list) return otherwise;
  std::vector<std::string> texts;
  for (const YamlReader& item : list->Items()) {
    texts.push_back(item.Text().value_or(""));
  }
  if (texts.empty()) list->Fail("must name one at least");
  return texts;
}

bool YamlMap::BoolOr(const std::string& key, bool otherwise) const {
  const std::optional<YamlReader> value = Find(key);
  return value ? value->Bool().value_or(otherwise) : otherwise;
}

int64_t YamlMap::IntegerOr(const std::string& key, int64_t otherwise,
                           Within<int64_t> bounds) const {
  const std::optional<YamlReader> value = Find(key);
  return value ? value->Integer(bounds).value_or(otherwise) : otherwise;
}

absl::Duration YamlMap::DurationOr(const std::string& key,
                                   absl::Duration otherwise,
                                   Within<absl::Duration> bounds) const {
  const std::optional<YamlReader> value = Find(key);
  return value ? value->Duration(bounds).value_or(otherwise) : otherwise;
}

}  // namespace bursar

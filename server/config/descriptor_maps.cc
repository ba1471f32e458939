#include "server/config/descriptor_maps.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace bursar {
namespace {

const std::map<std::string, ErrorRule>& ErrorRules() {
  static const auto& rules = *new std::map<std::string, ErrorRule>{
      {"dead", {ErrorClass::kDead, ""}},
      {"throttled", {ErrorClass::kThrottled, ""}},
      {"transient", {ErrorClass::kTransient, ""}},
      {"misconfigured_client", {ErrorClass::kMisconfigured, "CLIENT"}},
      {"misconfigured_secret", {ErrorClass::kMisconfigured, "SECRET"}},
      {"misconfigured_redirect_uri",
       {ErrorClass::kMisconfigured, "REDIRECT_URI"}},
      {"misconfigured_scope", {ErrorClass::kMisconfigured, "SCOPE"}},
      {"misconfigured_organization",
       {ErrorClass::kMisconfigured, "ORGANIZATION"}},
      {"misconfigured_request", {ErrorClass::kMisconfigured, "REQUEST"}},
  };
  return rules;
}

std::vector<std::string> ReadOperations(const YamlReader& list) {
  std::vector<std::string> operations;
  for (const YamlReader& item : list.Items()) {
    operations.push_back(absl::AsciiStrToUpper(item.Text().value_or("")));
  }
  return operations;
}

}  // namespace

ScopeGrammar ApplyScopes(ScopeGrammar grammar, const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("scopes");
  if (!value) return grammar;
  const YamlMap entries = value->Map();
  if (const auto separator = entries.Find("separator")) {
    grammar.separator = separator->Text().value_or(" ");
    if (grammar.separator.find_first_not_of(", ") != std::string::npos) {
      separator->Fail("must be of commas and blanks");
    }
  }
  grammar.optional = entries.BoolOr("optional", grammar.optional);
  grammar.ends_with_operation =
      entries.BoolOr("ends_with_operation", grammar.ends_with_operation);
  if (const auto implied = entries.Find("implied")) {
    const YamlMap operations = implied->Map();
    for (const auto& [operation, list] : operations.Entries()) {
      const std::string name = absl::AsciiStrToUpper(operation);
      if (list.IsNull()) {
        grammar.implied.erase(name);
      } else {
        grammar.implied.insert_or_assign(name, ReadOperations(list));
      }
    }
  }
  return grammar;
}

std::map<std::string, std::string> ApplyParameters(
    std::map<std::string, std::string> parameters, const YamlMap& keys,
    const std::string& key, const std::vector<std::string>& ours) {
  const std::optional<YamlReader> value = keys.Find(key);
  if (!value) return parameters;
  const YamlMap entries = value->Map();
  for (const auto& [name, text] : entries.Entries()) {
    if (std::count(ours.begin(), ours.end(), name) > 0) {
      text.Fail("is a parameter that the broker sets itself");
    } else if (text.IsNull()) {
      parameters.erase(name);
    } else {
      parameters.insert_or_assign(name, text.Text().value_or(""));
    }
  }
  return parameters;
}

absl::flat_hash_map<std::string, ErrorRule> ApplyErrors(
    absl::flat_hash_map<std::string, ErrorRule> errors, const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("errors");
  if (!value) return errors;
  std::vector<std::string> words;
  for (const auto& [word, rule] : ErrorRules()) words.push_back(word);
  const YamlMap entries = value->Map();
  for (const auto& [name, meaning] : entries.Entries()) {
    if (meaning.IsNull()) {
      errors.erase(name);
    } else if (const auto word = meaning.Word(words)) {
      errors.insert_or_assign(name, ErrorRules().at(*word));
    }
  }
  return errors;
}

}  // namespace bursar

#include "server/config/policy_file.h"

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/config/policy_limits.h"
#include "server/config/policy_rule.h"
#include "server/config/yaml_map.h"

namespace bursar {
namespace {

// FNV-1a: the same for the same text on every machine, to tell versions apart
// by, not to keep anybody from making two that look alike.
std::string VersionOf(const std::string& text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return absl::StrCat(absl::Hex(hash, absl::kZeroPad16));
}

std::vector<PolicyRule> ReadRules(const YamlReader& list) {
  std::vector<PolicyRule> rules;
  std::set<std::string> names;
  for (const YamlReader& item : list.Items()) {
    PolicyRule rule = ReadPolicyRule(item);
    if (!rule.name.empty() && !names.insert(rule.name).second) {
      item.Fail("has the name of another rule");
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

// Whatever is wrong is in the reader's errors.
LoadedPolicy ReadPolicy(const YamlReader& root, const std::string& text) {
  const YamlMap keys = root.Map();
  std::vector<PolicyRule> rules;
  if (const auto list = keys.Require("rules")) rules = ReadRules(*list);
  PolicyLimits limits;
  if (const auto section = keys.Find("limits")) {
    limits = ReadPolicyLimits(*section);
  }
  return std::make_shared<const AccessPolicy>(std::move(rules), limits.everyone,
                                              limits.subjects, VersionOf(text));
}

LoadedPolicy ParseInto(const std::string& file, const std::string& text,
                       ConfigErrors& errors) {
  const auto root = YamlReader::Parse(file, "", text, errors);
  return root ? ReadPolicy(*root, text) : nullptr;
}

}  // namespace

absl::StatusOr<LoadedPolicy> LoadPolicy(const std::string& path) {
  ConfigErrors errors;
  LoadedPolicy policy;
  if (const auto text = YamlReader::LoadText(path, nullptr, errors)) {
    policy = ParseInto(path, *text, errors);
  }
  if (!errors.empty()) return errors.ToStatus();
  return policy;
}

absl::StatusOr<LoadedPolicy> ParsePolicy(const std::string& file,
                                         const std::string& text) {
  ConfigErrors errors;
  LoadedPolicy policy = ParseInto(file, text, errors);
  if (!errors.empty()) return errors.ToStatus();
  return policy;
}

std::string ReadPolicySection(const YamlReader& section) {
  const YamlMap keys = section.Map();
  const std::optional<YamlReader> file = keys.Require("file");
  std::string path = file ? file->Path().value_or("") : "";
  if (path.empty()) return path;
  ConfigErrors& errors = file->errors();
  if (const auto text = YamlReader::LoadText(path, &*file, errors)) {
    ParseInto(path, *text, errors);
  }
  return path;
}

}  // namespace bursar

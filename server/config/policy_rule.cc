#include "server/config/policy_rule.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "server/config/yaml_map.h"
#include "server/core/subject_pattern.h"

namespace bursar {
namespace {

// What a clause may say beside exact names.
enum class Words { kAny, kAnyOrOwnOrBelow };

// The values of a list, or a single one.
std::vector<YamlReader> OneOrMore(const YamlReader& value) {
  if (!value.IsList()) return {value};
  std::vector<YamlReader> items = value.Items();
  if (items.empty()) value.Fail("must name one at least");
  return items;
}

RpcSet ServicesRpcs(const YamlReader& item, absl::string_view prefix) {
  RpcSet set;
  for (const RpcMethod& method : RpcMethods()) {
    if (absl::StartsWith(method.name, prefix)) set.set(PlaceOf(method));
  }
  if ((set & RpcsOf(RpcGroup::kCallers)).any() &&
      (set & RpcsOf(RpcGroup::kOperators)).any()) {
    item.Fail(
        "names a service with RPCs of callers and of operators: name its RPCs, "
        "or say callers or operators");
  }
  return set;
}

RpcSet ReadRpc(const YamlReader& item) {
  const std::string text = item.Text().value_or("");
  if (text.empty()) return {};
  if (text == "callers") return RpcsOf(RpcGroup::kCallers);
  if (text == "operators") return RpcsOf(RpcGroup::kOperators);
  RpcSet set;
  absl::string_view service = text;
  if (absl::ConsumeSuffix(&service, ".*") && !service.empty()) {
    // With the dot.
    set =
        ServicesRpcs(item, absl::string_view(text).substr(0, text.size() - 1));
  } else if (const RpcMethod* method = FindRpcMethod(text)) {
    set.set(PlaceOf(*method));
  }
  if (set.none()) {
    item.Fail(
        "is no RPC: say callers, operators, Service.Method (such as "
        "TokenBroker.GetToken) or Service.*");
  }
  return set;
}

std::optional<PathPattern> ReadName(const YamlReader& item, Words words) {
  const std::optional<std::string> text = item.Text();
  if (!text) return std::nullopt;
  if (*text == "any" || (*text == "own" && words == Words::kAnyOrOwnOrBelow)) {
    item.Fail("stands for itself alone: no list, and nothing beside it");
    return std::nullopt;
  }
  if (*text == "*") {
    item.Fail("is no name: say any, which is meant to be seen");
    return std::nullopt;
  }
  absl::string_view path = *text;
  if (words == Words::kAny || !absl::ConsumeSuffix(&path, "/*")) {
    return PathPattern::Exactly(*text);
  }
  if (path.empty()) {
    item.Fail("must name a path before /*");
    return std::nullopt;
  }
  return PathPattern::Below(text->substr(0, text->size() - 1));
}

NameClause ReadClause(const YamlMap& keys, const std::string& key,
                      Words words) {
  NameClause clause;
  const std::optional<YamlReader> value = keys.Require(key);
  if (!value) return clause;
  if (value->IsList()) {
    for (const YamlReader& item : OneOrMore(*value)) {
      if (auto name = ReadName(item, words)) {
        clause.listed.push_back(*std::move(name));
      }
    }
    return clause;
  }
  const std::optional<std::string> word = value->Text();
  const bool may_be_own = words == Words::kAnyOrOwnOrBelow;
  if (word == "any") {
    clause.kind = NameClause::Kind::kAny;
  } else if (word == "own" && may_be_own) {
    clause.kind = NameClause::Kind::kOwn;
  } else if (word) {
    value->Fail(may_be_own ? "must be any, own, or a list of names"
                           : "must be any, or a list of names");
  }
  return clause;
}

std::vector<PathPattern> ReadSubjects(const YamlReader& list) {
  std::vector<PathPattern> subjects;
  for (const YamlReader& item : OneOrMore(list)) {
    const std::optional<std::string> text = item.Text();
    if (!text) continue;
    auto subject = ParseSubject(*text);
    if (subject.ok()) {
      subjects.push_back(*std::move(subject));
    } else {
      item.Fail(subject.status().message());
    }
  }
  return subjects;
}

}  // namespace

PolicyRule ReadPolicyRule(const YamlReader& entry) {
  PolicyRule rule;
  const YamlMap keys = entry.Map();
  if (const auto name = keys.Require("name")) {
    rule.name = name->Text().value_or("");
  }
  if (const auto subjects = keys.Require("subjects")) {
    rule.subjects = ReadSubjects(*subjects);
  }
  if (const auto rpcs = keys.Require("rpcs")) {
    for (const YamlReader& item : OneOrMore(*rpcs)) rule.rpcs |= ReadRpc(item);
  }
  rule.clients = ReadClause(keys, "clients", Words::kAny);
  rule.users = ReadClause(keys, "users", Words::kAnyOrOwnOrBelow);
  rule.scopes = ReadClause(keys, "scopes", Words::kAny);
  return rule;
}

}  // namespace bursar

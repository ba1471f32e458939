#include "server/core/policy_explanation.h"

#include <optional>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

std::string ClientMissing(const Asked& asked) {
  return asked.client.empty()
             ? "the call is about every client, which takes clients: any"
             : absl::StrCat("its clients do not name ", asked.client);
}

std::string UserMissing(const PolicyRule& rule, const Asked& asked) {
  if (rule.users.kind == NameClause::Kind::kOwn) {
    return "its users are the subject's own, and the subject began no consent "
           "of the user's to the client";
  }
  return asked.user.empty()
             ? "the call is about every user, which takes users: any"
             : absl::StrCat("its users do not name ", asked.user);
}

std::string ScopesMissing(const PolicyRule& rule, const Asked& asked) {
  if (asked.scopes.empty()) {
    return "the call names no scopes, so is about all, which takes scopes: any";
  }
  for (const absl::string_view scope : asked.scopes) {
    if (!rule.scopes.Allows(scope)) {
      return absl::StrCat("its scopes do not name ", scope);
    }
  }
  return "";
}

std::string WhyNot(Unmet unmet, const PolicyRule& rule, const Asked& asked) {
  switch (unmet) {
    case Unmet::kSubject:
      return "its subjects do not name the subject";
    case Unmet::kRpc:
      return absl::StrCat("its rpcs do not name ", asked.rpc.name,
                          asked.rpc.group == RpcGroup::kOperators
                              ? ", which is the operators'"
                              : "");
    case Unmet::kClient:
      return ClientMissing(asked);
    case Unmet::kUser:
      return UserMissing(rule, asked);
    case Unmet::kScopes:
      return ScopesMissing(rule, asked);
  }
  return "";
}

}  // namespace

PolicyExplanation ExplainPolicy(const AccessPolicy& policy, const Actor& actor,
                                const Asked& asked, bool owns) {
  PolicyExplanation explanation;
  explanation.limit = policy.LimitOf(actor);
  explanation.version = policy.version();
  for (const PolicyRule& rule : policy.rules()) {
    const std::optional<Unmet> unmet =
        AccessPolicy::FirstUnmet(rule, actor, asked, [owns] { return owns; });
    explanation.rules.push_back(
        {rule.name, !unmet.has_value(),
         unmet ? WhyNot(*unmet, rule, asked) : "it names all of the call"});
    if (!unmet && !explanation.allowed) {
      explanation.allowed = true;
      explanation.rule = rule.name;
    }
  }
  return explanation;
}

}  // namespace bursar

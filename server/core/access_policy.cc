#include "server/core/access_policy.h"

#include <algorithm>
#include <utility>

#include "server/core/reason.h"

namespace bursar {
namespace {

bool AllowsScopes(const NameClause& clause, const Asked& asked) {
  if (clause.kind == NameClause::Kind::kAny) return true;
  // None asked for means all that the grant has.
  return !asked.scopes.empty() &&
         std::all_of(
             asked.scopes.begin(), asked.scopes.end(),
             [&](absl::string_view scope) { return clause.Allows(scope); });
}

bool AllowsUser(const NameClause& clause, const Asked& asked,
                AccessPolicy::Owns owns) {
  if (clause.kind != NameClause::Kind::kOwn) return clause.Allows(asked.user);
  return asked.rpc.begins_grant || owns();
}

// All but the subject.
std::optional<Unmet> FirstUnmetOf(const PolicyRule& rule, const Asked& asked,
                                  AccessPolicy::Owns owns) {
  const RpcMethod& rpc = asked.rpc;
  if (!rule.rpcs.test(PlaceOf(rpc))) return Unmet::kRpc;
  if (rpc.judges_client && !rule.clients.Allows(asked.client)) {
    return Unmet::kClient;
  }
  if (rpc.judges_user && !AllowsUser(rule.users, asked, owns)) {
    return Unmet::kUser;
  }
  if (rpc.judges_scopes && !AllowsScopes(rule.scopes, asked)) {
    return Unmet::kScopes;
  }
  return std::nullopt;
}

}  // namespace

absl::Status PermissionDenied() {
  return ToStatus({Reason::kPermissionDenied,
                   "you may not do this: no rule of the policy allows it",
                   {},
                   {},
                   {}});
}

bool NameClause::Allows(absl::string_view name) const {
  if (kind == Kind::kAny) return true;
  return std::any_of(
      listed.begin(), listed.end(),
      [&](const PathPattern& pattern) { return pattern.Matches(name); });
}

AccessPolicy::AccessPolicy(std::vector<PolicyRule> rules, CallerLimit limit,
                           const std::vector<SubjectLimit>& limits,
                           std::string version)
    : rules_(std::move(rules)), limit_(limit), version_(std::move(version)) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    for (const PathPattern& subject : rules_[i].subjects) {
      rules_by_subject_.Add(subject, i);
    }
  }
  for (const SubjectLimit& entry : limits) {
    limits_.Add(entry.subject, entry.limit);
  }
}

const PolicyRule* AccessPolicy::Judge(const Actor& actor, const Asked& asked,
                                      Owns owns) const {
  const std::size_t* found =
      rules_by_subject_.Find(actor.value(), [&](std::size_t place) {
        return !FirstUnmetOf(rules_[place], asked, owns).has_value();
      });
  return found == nullptr ? nullptr : &rules_[*found];
}

bool AccessPolicy::Knows(const Actor& actor, const RpcMethod& rpc) const {
  return rules_by_subject_.Find(actor.value(), [&](std::size_t place) {
    return rules_[place].rpcs.test(PlaceOf(rpc));
  }) != nullptr;
}

const CallerLimit& AccessPolicy::LimitOf(const Actor& actor) const {
  const CallerLimit* found = limits_.Find(
      actor.value(), [](const CallerLimit& /*limit*/) { return true; });
  return found == nullptr ? limit_ : *found;
}

std::optional<Unmet> AccessPolicy::FirstUnmet(const PolicyRule& rule,
                                              const Actor& actor,
                                              const Asked& asked, Owns owns) {
  const bool is_subject = std::any_of(
      rule.subjects.begin(), rule.subjects.end(),
      [&](const PathPattern& p) { return p.Matches(actor.value()); });
  if (!is_subject) return Unmet::kSubject;
  return FirstUnmetOf(rule, asked, owns);
}

}  // namespace bursar

#include "server/core/access_policy.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/subject_pattern.h"

namespace bursar {
namespace {

const Actor kPaymentsApi("spiffe://example.org/ns/payments/api");

NameClause Only(const std::vector<std::string>& names) {
  NameClause clause;
  for (const std::string& name : names) {
    clause.listed.push_back(PathPattern::Exactly(name));
  }
  return clause;
}

NameClause Any() { return {NameClause::Kind::kAny}; }
NameClause Own() { return {NameClause::Kind::kOwn}; }

PolicyRule RuleFor(const std::string& subject) {
  PolicyRule rule;
  rule.name = "rule-of-" + subject;
  rule.subjects.push_back(*ParseSubject(subject));
  rule.rpcs = RpcsOf(RpcGroup::kCallers);
  rule.clients = Any();
  rule.users = Any();
  rule.scopes = Any();
  return rule;
}

// A policy of one or more rules, and questions to it.
class PolicyOf {
 public:
  explicit PolicyOf(std::vector<PolicyRule> rules, CallerLimit limit = {},
                    const std::vector<SubjectLimit>& limits = {})
      : policy_(std::move(rules), limit, limits, "v1") {}

  bool Allows(absl::string_view rpc, absl::string_view client = "crm",
              absl::string_view user = "ann",
              const std::vector<absl::string_view>& scopes = {"READ"},
              const Actor& actor = kPaymentsApi) const {
    Asked asked{
        *FindRpcMethod(rpc), client, user, {scopes.begin(), scopes.end()}};
    return policy_.Judge(actor, asked, [this] { return owns; }) != nullptr;
  }

  const AccessPolicy& policy() const { return policy_; }

  bool owns = false;

 private:
  AccessPolicy policy_;
};

std::vector<PolicyRule> One(PolicyRule rule) {
  std::vector<PolicyRule> rules;
  rules.push_back(std::move(rule));
  return rules;
}

TEST(AccessPolicyTest, WhatNoRuleAllowsIsDenied) {
  EXPECT_FALSE(PolicyOf({}).Allows("TokenBroker.GetToken"));
}

TEST(AccessPolicyTest, ARuleIsForItsSubjectsAlone) {
  const PolicyOf policy(One(RuleFor("spiffe://example.org/ns/payments/*")));
  const auto get = [&](const std::string& subject) {
    return policy.Allows("TokenBroker.GetToken", "crm", "ann", {"READ"},
                         Actor(subject));
  };
  EXPECT_TRUE(get("spiffe://example.org/ns/payments/api"));
  EXPECT_TRUE(get("spiffe://example.org/ns/payments/deep/er"));
  EXPECT_FALSE(get("spiffe://example.org/ns/payments"));
  EXPECT_FALSE(get("spiffe://example.org/ns/payments/"));
  EXPECT_FALSE(get("spiffe://example.org/ns/payments-evil/api"));
  EXPECT_FALSE(get("spiffe://example.org/ns/paymen"));
  EXPECT_FALSE(get("spiffe://example.com/ns/payments/api"));
  EXPECT_FALSE(get(""));
}

TEST(AccessPolicyTest, TheSubjectOfOneRuleGetsNothingOfAnothers) {
  PolicyRule operators = RuleFor("unix:0");
  operators.rpcs = RpcsOf(RpcGroup::kOperators);
  std::vector<PolicyRule> rules = One(RuleFor("dns:a.example"));
  rules.push_back(operators);
  const PolicyOf policy(std::move(rules));
  EXPECT_FALSE(
      policy.Allows("Clients.ListClients", "", "", {}, Actor("dns:a.example")));
  EXPECT_TRUE(
      policy.Allows("Clients.ListClients", "", "", {}, Actor("unix:0")));
}

TEST(AccessPolicyTest, ARuleForCallersGrantsNoOperatorsRpc) {
  const PolicyOf policy(One(RuleFor("spiffe://example.org/ns/payments/*")));
  for (const RpcMethod& method : RpcMethods()) {
    EXPECT_EQ(policy.Allows(method.name), method.group == RpcGroup::kCallers)
        << method.name;
  }
}

TEST(AccessPolicyTest, ANamedRpcIsTheOnlyOne) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.rpcs.reset();
  rule.rpcs.set(PlaceOf(*FindRpcMethod("TokenBroker.GetToken")));
  const PolicyOf policy(One(std::move(rule)));
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken"));
  EXPECT_FALSE(policy.Allows("TokenBroker.Refresh"));
}

TEST(AccessPolicyTest, OnlyNamedClientsAreAllowed) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.clients = Only({"crm"});
  const PolicyOf policy(One(std::move(rule)));
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken", "crm"));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken", "chat"));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken", "crm2"));
}

TEST(AccessPolicyTest, AllClientsAtOnceTakeAny) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.clients = Only({"crm"});
  const PolicyOf policy(One(std::move(rule)));
  // All grants of one user, to whatever client.
  EXPECT_FALSE(policy.Allows("TokenBroker.Revoke", "", "ann"));
  EXPECT_TRUE(policy.Allows("TokenBroker.Revoke", "crm", "ann"));
}

TEST(AccessPolicyTest, OnlyNamedUsersAreAllowed) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.users = Only({"ann"});
  rule.users.listed.push_back(PathPattern::Below("acme/"));
  const PolicyOf policy(One(std::move(rule)));
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken", "crm", "ann"));
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken", "crm", "acme/bob"));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken", "crm", "bob"));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken", "crm", "acme/"));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken", "crm", ""));
}

TEST(AccessPolicyTest, OwnUsersAreThoseWhoseConsentTheCallerBegan) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.users = Own();
  PolicyOf policy(One(std::move(rule)));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken"));
  policy.owns = true;
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken"));
}

TEST(AccessPolicyTest, AConsentMayBeBegunForAUserWhoIsNotOwnYet) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.users = Own();
  const PolicyOf policy(One(std::move(rule)));
  EXPECT_TRUE(policy.Allows("Grants.BeginConsent"));
  EXPECT_TRUE(policy.Allows("Grants.BeginDeviceConsent"));
  EXPECT_TRUE(policy.Allows("Grants.CompleteConsent"));
}

TEST(AccessPolicyTest, EveryScopeAskedForMustBeAllowed) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.scopes = Only({"READ", "LIST"});
  const PolicyOf policy(One(std::move(rule)));
  const auto get = [&](const std::vector<absl::string_view>& scopes) {
    return policy.Allows("TokenBroker.GetToken", "crm", "ann", scopes);
  };
  EXPECT_TRUE(get({"READ"}));
  EXPECT_TRUE(get({"READ", "LIST"}));
  EXPECT_FALSE(get({"READ", "WRITE"}));
  EXPECT_FALSE(get({"read"}));
}

TEST(AccessPolicyTest, NoScopesMeanAllAndTakeAny) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.scopes = Only({"READ"});
  const PolicyOf bound(One(std::move(rule)));
  EXPECT_FALSE(bound.Allows("TokenBroker.GetToken", "crm", "ann", {}));
  const PolicyOf free(One(RuleFor("spiffe://example.org/ns/payments/*")));
  EXPECT_TRUE(free.Allows("TokenBroker.GetToken", "crm", "ann", {}));
}

TEST(AccessPolicyTest, OneRuleMustAllowAllOfACall) {
  PolicyRule crm = RuleFor("spiffe://example.org/ns/payments/*");
  crm.clients = Only({"crm"});
  crm.scopes = Only({"READ"});
  PolicyRule chat = RuleFor("spiffe://example.org/ns/payments/api");
  chat.clients = Only({"chat"});
  std::vector<PolicyRule> rules = One(std::move(crm));
  rules.push_back(std::move(chat));
  const PolicyOf policy(std::move(rules));
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken", "crm", "ann", {"READ"}));
  EXPECT_TRUE(policy.Allows("TokenBroker.GetToken", "chat", "ann", {"WRITE"}));
  EXPECT_FALSE(policy.Allows("TokenBroker.GetToken", "crm", "ann", {"WRITE"}));
}

TEST(AccessPolicyTest, AnOperatorsRpcOnEverythingTakesAnyOnAll) {
  for (int bound = 0; bound < 3; ++bound) {
    PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
    rule.rpcs = RpcsOf(RpcGroup::kOperators);
    if (bound == 0) rule.clients = Only({"crm"});
    if (bound == 1) rule.users = Only({"ann"});
    if (bound == 2) rule.scopes = Only({"READ"});
    const PolicyOf policy(One(std::move(rule)));
    EXPECT_FALSE(policy.Allows("Events.ListEvents", "", "", {})) << bound;
  }
}

TEST(AccessPolicyTest, KnowsWhetherACallerHasAnRpcAtAll) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.users = Own();
  const PolicyOf policy(One(std::move(rule)));
  const RpcMethod& get = *FindRpcMethod("Grants.GetGrant");
  const RpcMethod& list = *FindRpcMethod("Grants.ListGrants");
  EXPECT_TRUE(policy.policy().Knows(kPaymentsApi, get));
  EXPECT_FALSE(policy.policy().Knows(kPaymentsApi, list));
  EXPECT_FALSE(policy.policy().Knows(Actor("unix:0"), get));
}

TEST(AccessPolicyTest, TheFirstThingMissingIsNamed) {
  PolicyRule rule = RuleFor("spiffe://example.org/ns/payments/*");
  rule.clients = Only({"crm"});
  rule.users = Own();
  rule.scopes = Only({"READ"});
  bool owns = true;
  const auto unmet = [&](const Actor& actor, absl::string_view rpc,
                         absl::string_view client, absl::string_view scope) {
    return AccessPolicy::FirstUnmet(
        rule, actor, {*FindRpcMethod(rpc), client, "ann", {scope}},
        [&] { return owns; });
  };
  const absl::string_view get = "TokenBroker.GetToken";
  EXPECT_EQ(unmet(Actor("unix:0"), get, "crm", "READ"), Unmet::kSubject);
  EXPECT_EQ(unmet(kPaymentsApi, "Clients.GetClient", "crm", "READ"),
            Unmet::kRpc);
  EXPECT_EQ(unmet(kPaymentsApi, get, "chat", "READ"), Unmet::kClient);
  EXPECT_EQ(unmet(kPaymentsApi, get, "crm", "WRITE"), Unmet::kScopes);
  EXPECT_EQ(unmet(kPaymentsApi, get, "crm", "READ"), std::nullopt);
  owns = false;
  EXPECT_EQ(unmet(kPaymentsApi, get, "crm", "READ"), Unmet::kUser);
}

TEST(AccessPolicyTest, TheNearestLimitCounts) {
  CallerLimit everyone;
  everyone.calls_per_second = 1;
  const auto limit = [](int64_t calls) {
    CallerLimit made;
    made.calls_per_second = calls;
    return made;
  };
  const PolicyOf policy(
      {}, everyone,
      {{*ParseSubject("spiffe://example.org/ns/*"), limit(2)},
       {*ParseSubject("spiffe://example.org/ns/payments/*"), limit(3)},
       {*ParseSubject("spiffe://example.org/ns/payments/api"), limit(4)}});
  const auto of = [&](const std::string& subject) {
    return policy.policy().LimitOf(Actor(subject)).calls_per_second;
  };
  EXPECT_EQ(of("unix:0"), 1);
  EXPECT_EQ(of("spiffe://example.org/ns/batch"), 2);
  EXPECT_EQ(of("spiffe://example.org/ns/payments/job"), 3);
  EXPECT_EQ(of("spiffe://example.org/ns/payments/api"), 4);
}

}  // namespace
}  // namespace bursar

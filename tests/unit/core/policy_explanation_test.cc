#include "server/core/policy_explanation.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/subject_pattern.h"

namespace bursar {
namespace {

using testing::HasSubstr;

// One rule of each kind of clause, for dns:shop.example.
AccessPolicy ShopsPolicy() {
  PolicyRule bound;
  bound.name = "bound";
  bound.subjects = {*ParseSubject("dns:shop.example")};
  bound.rpcs = RpcsOf(RpcGroup::kCallers);
  bound.clients.listed = {PathPattern::Exactly("crm")};
  bound.users.kind = NameClause::Kind::kOwn;
  bound.scopes.listed = {PathPattern::Exactly("READ")};
  PolicyRule operators = bound;
  operators.name = "operators";
  operators.subjects = {*ParseSubject("unix:0")};
  operators.rpcs = RpcsOf(RpcGroup::kOperators);
  CallerLimit limit;
  limit.calls_per_second = 7;
  return AccessPolicy({bound, operators}, limit, {}, "v1");
}

PolicyExplanation Explain(const std::string& rpc, const std::string& client,
                          const std::vector<absl::string_view>& scopes,
                          bool owns) {
  const AccessPolicy policy = ShopsPolicy();
  return ExplainPolicy(
      policy, Actor("dns:shop.example"),
      {*FindRpcMethod(rpc), client, "ann", {scopes.begin(), scopes.end()}},
      owns);
}

TEST(PolicyExplanationTest, TheRuleThatAllowsIsNamed) {
  const auto explained =
      Explain("TokenBroker.GetToken", "crm", {"READ"}, /*owns=*/true);
  EXPECT_TRUE(explained.allowed);
  EXPECT_EQ(explained.rule, "bound");
  EXPECT_EQ(explained.version, "v1");
  EXPECT_EQ(explained.limit.calls_per_second, 7);
}

TEST(PolicyExplanationTest, EachRuleSaysWhatIsMissing) {
  const auto explained =
      Explain("TokenBroker.GetToken", "crm", {"READ"}, /*owns=*/false);
  EXPECT_FALSE(explained.allowed);
  EXPECT_EQ(explained.rule, "");
  ASSERT_EQ(explained.rules.size(), 2u);
  EXPECT_THAT(explained.rules[0].why, HasSubstr("began no consent"));
  EXPECT_THAT(explained.rules[1].why, HasSubstr("subjects"));
}

TEST(PolicyExplanationTest, WhatIsMissingIsCalledByItsName) {
  const auto why = [](const PolicyExplanation& explained) {
    return explained.rules[0].why;
  };
  EXPECT_THAT(why(Explain("Clients.ListClients", "crm", {"READ"}, true)),
              HasSubstr("Clients.ListClients, which is the operators'"));
  EXPECT_THAT(why(Explain("TokenBroker.GetToken", "chat", {"READ"}, true)),
              HasSubstr("clients do not name chat"));
  EXPECT_THAT(why(Explain("TokenBroker.GetToken", "", {"READ"}, true)),
              HasSubstr("every client"));
  EXPECT_THAT(why(Explain("TokenBroker.GetToken", "crm", {"WRITE"}, true)),
              HasSubstr("scopes do not name WRITE"));
  EXPECT_THAT(why(Explain("TokenBroker.GetToken", "crm", {}, true)),
              HasSubstr("names no scopes"));
}

}  // namespace
}  // namespace bursar

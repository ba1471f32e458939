#include "server/messages/policy_explanations.h"

#include <gtest/gtest.h>

namespace bursar {
namespace {

TEST(PolicyExplanationMessagesTest, EveryRuleIsToldInThePolicysOrder) {
  PolicyExplanation explanation;
  explanation.allowed = true;
  explanation.rule = "second";
  explanation.rules = {{"first", false, "names another"},
                       {"second", true, "names everybody"}};
  explanation.version = "a1b2";
  const v1::ExplainPolicyResponse proto = ToProto(explanation);
  EXPECT_TRUE(proto.allowed());
  EXPECT_EQ(proto.rule(), "second");
  EXPECT_EQ(proto.version(), "a1b2");
  ASSERT_EQ(proto.rules_size(), 2);
  EXPECT_EQ(proto.rules(0).name(), "first");
  EXPECT_FALSE(proto.rules(0).allows());
  EXPECT_EQ(proto.rules(0).why(), "names another");
  EXPECT_TRUE(proto.rules(1).allows());
}

TEST(PolicyExplanationMessagesTest, EachNumberOfTheLimitIsInItsOwnPlace) {
  PolicyExplanation explanation;
  explanation.limit.calls_per_second = 1;
  explanation.limit.burst = 2;
  explanation.limit.in_flight = 3;
  explanation.limit.refreshes_per_minute = 4;
  const v1::ExplainPolicyResponse::Limit limit = ToProto(explanation).limit();
  EXPECT_EQ(limit.calls_per_second(), 1);
  EXPECT_EQ(limit.burst(), 2);
  EXPECT_EQ(limit.in_flight(), 3);
  EXPECT_EQ(limit.refreshes_per_minute(), 4);
}

}  // namespace
}  // namespace bursar

#include "server/core/policy_in_force.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

std::shared_ptr<const AccessPolicy> PolicyNamed(const std::string& version) {
  return std::make_shared<const AccessPolicy>(
      std::vector<PolicyRule>(), CallerLimit(), std::vector<SubjectLimit>(),
      version);
}

TEST(PolicyInForceTest, BeforeThereIsAPolicyNobodyMayDoAnything) {
  EXPECT_TRUE(PolicyInForce().Get()->rules().empty());
}

TEST(PolicyInForceTest, WhatIsPutInForceCounts) {
  PolicyInForce in_force;
  in_force.Put(PolicyNamed("old"));
  in_force.Put(PolicyNamed("new"));
  EXPECT_EQ(in_force.Get()->version(), "new");
}

TEST(PolicyInForceTest, ACallUnderWayKeepsThePolicyThatItTook) {
  PolicyInForce in_force;
  in_force.Put(PolicyNamed("old"));
  const auto taken = in_force.Get();
  in_force.Put(PolicyNamed("new"));
  EXPECT_EQ(taken->version(), "old");
}

TEST(PolicyInForceTest, EveryListenerHearsOfItOnceItCounts) {
  PolicyInForce in_force;
  in_force.Put(PolicyNamed("old"));
  std::vector<std::string> heard;
  for (int i = 0; i < 2; ++i) {
    in_force.OnChange([&] { heard.push_back(in_force.Get()->version()); });
  }
  EXPECT_THAT(heard, testing::IsEmpty());
  in_force.Put(PolicyNamed("new"));
  EXPECT_THAT(heard, testing::ElementsAre("new", "new"));
}

}  // namespace
}  // namespace bursar

// What bursarctl makes of a server that refuses or is away.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using grpc::StatusCode;
using testing::AllOf;
using testing::HasSubstr;

TEST_F(BursarctlTest, SaysThatConsentIsNeededAndHowToGetIt) {
  broker_.get_token.Set([](const auto&, auto&) {
    return Refusal(StatusCode::FAILED_PRECONDITION, v1::CONSENT_REQUIRED,
                   {{"why", "NO_GRANT"}});
  });
  const Outcome run = Run("token get --user ann --client crm");
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, AllOf(HasSubstr("CONSENT_REQUIRED, NO_GRANT"),
                             HasSubstr("grant begin-consent")));
}

TEST_F(BursarctlTest, SaysWhenToTryAgain) {
  broker_.get_token.Set([](const auto&, auto&) {
    return Refusal(StatusCode::RESOURCE_EXHAUSTED, v1::PROVIDER_THROTTLED, {},
                   absl::Seconds(90));
  });
  const Outcome run = Run("token get --user ann --client crm");
  EXPECT_EQ(run.exit_code, 6);
  EXPECT_THAT(run.err, HasSubstr("try again in 1m30s"));
}

TEST_F(BursarctlTest, WhatIsNotFoundHasAnExitCodeOfItsOwn) {
  broker_.get_grant.Set([](const auto&, auto&) {
    return Refusal(StatusCode::NOT_FOUND, v1::RESOURCE_NOT_FOUND);
  });
  EXPECT_EQ(Run("grant get g1").exit_code, 4);
}

TEST_F(BursarctlTest, ARefusalHasAnExitCodeOfItsOwn) {
  broker_.get_grant.Set([](const auto&, auto&) {
    return grpc::Status(StatusCode::PERMISSION_DENIED, "operators only");
  });
  const Outcome run = Run("grant get g1");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("operators only"));
}

TEST_F(BursarctlTest, AServerThatIsAwayHasAnExitCodeOfItsOwn) {
  broker_.Stop();
  const Outcome run = Run("grant get g1");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("check that bursard runs"));
}

}  // namespace
}  // namespace bursar::client

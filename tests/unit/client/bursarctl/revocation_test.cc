// bursarctl revoke and revocation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

TEST_F(BursarctlTest, RevokesByEveryTarget) {
  broker_.revoke.Set([](const auto&, auto& response) {
    response.add_revoked_grants("grant-1");
    return grpc::Status::OK;
  });
  EXPECT_THAT(Run("revoke --grant g").out, HasSubstr("grant-1"));
  Run("revoke --user ann --client crm");
  Run("revoke --user ann");
  Run("revoke --client crm");
  Run(absl::StrCat("revoke --token-file ", SecretFile()));
  const auto calls = broker_.revoke.calls();
  ASSERT_EQ(calls.size(), 5u);
  EXPECT_EQ(calls[0].grant(), "g");
  EXPECT_EQ(calls[1].user_and_client().client(), "crm");
  EXPECT_EQ(calls[2].user(), "ann");
  EXPECT_EQ(calls[3].client(), "crm");
  EXPECT_EQ(calls[4].token(), kSecret);
}

TEST_F(BursarctlTest, ARevokeWithoutTargetIsAMistake) {
  EXPECT_EQ(Run("revoke").exit_code, 2);
  EXPECT_EQ(broker_.revoke.count(), 0u);
}

TEST_F(BursarctlTest, ListsRevocationsThatWaitForTheirProvider) {
  broker_.list_pending_revocations.Set([](const auto&, auto& response) {
    auto& pending = *response.add_revocations();
    pending.set_grant("grant-1");
    pending.set_provider("cliq");
    pending.set_attempts(17);
    return grpc::Status::OK;
  });
  const Outcome run = Run("revocation list --client crm");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, ContainsRegex("grant-1.*cliq.*17"));
  EXPECT_EQ(broker_.list_pending_revocations.calls().at(0).client(), "crm");
}

TEST_F(BursarctlTest, RetriesRevocations) {
  broker_.retry_revocations.Set([](const auto&, auto& response) {
    response.set_hastened(3);
    return grpc::Status::OK;
  });
  const Outcome run = Run("revocation retry --grant grant-1");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("3"));
  EXPECT_EQ(broker_.retry_revocations.calls().at(0).grant(), "grant-1");
}

}  // namespace
}  // namespace bursar::client

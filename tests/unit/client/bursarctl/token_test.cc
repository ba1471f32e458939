// bursarctl token.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

grpc::Status FillToken(v1::AccessToken& token) {
  token.set_access_token(kSecret);
  token.set_authorization(absl::StrCat("Bearer ", kSecret));
  token.set_token_type("Bearer");
  token.add_scopes("read");
  token.set_grant("grant-1");
  token.set_generation(3);
  token.mutable_expire_time()->set_seconds(
      absl::ToUnixSeconds(absl::Now() + absl::Minutes(59)) + 30);
  return grpc::Status::OK;
}

void AnswerWithToken(ScriptedBroker& broker) {
  broker.get_token.Set([](const auto&, auto& response) {
    return FillToken(*response.mutable_token());
  });
}

TEST_F(BursarctlTest, ATokenIsDescribedAndNotShown) {
  AnswerWithToken(broker_);
  for (const char* format : {"table", "json"}) {
    const Outcome run = Run(
        absl::StrCat("token get --user ann --client crm --output ", format));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, AllOf(HasSubstr("grant-1"), HasSubstr("Bearer"),
                               Not(HasSubstr(kSecret))));
  }
  EXPECT_THAT(Run("token get --user ann --client crm").out,
              HasSubstr("(in 59m)"));
}

TEST_F(BursarctlTest, ATokenIsShownToWhomAsksForIt) {
  AnswerWithToken(broker_);
  EXPECT_THAT(Run("token get --user ann --client crm --show-token").out,
              HasSubstr(kSecret));
}

TEST_F(BursarctlTest, TheHeaderIsPrintedAloneForScripts) {
  AnswerWithToken(broker_);
  EXPECT_EQ(Run("token get --user ann --client crm --header").out,
            absl::StrCat("Bearer ", kSecret, "\n"));
}

TEST_F(BursarctlTest, ARefreshNamesTheRefusedToken) {
  broker_.refresh.Set([](const auto&, auto& response) {
    return FillToken(*response.mutable_token());
  });
  EXPECT_EQ(Run("token refresh --user ann --client crm --grant grant-1 "
                "--generation 2")
                .exit_code,
            0);
  EXPECT_EQ(
      Run(absl::StrCat(
              "token refresh --user ann --client crm --failed-token-file ",
              SecretFile()))
          .exit_code,
      0);
  const auto calls = broker_.refresh.calls();
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].failed_generation(), 2);
  EXPECT_EQ(calls[1].failed_access_token(), kSecret);
}

}  // namespace
}  // namespace bursar::client

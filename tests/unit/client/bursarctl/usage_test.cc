// How bursarctl is asked, and what it says of itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(BursarctlTest, HelpNeedsNoServer) {
  broker_.Stop();
  const Outcome run = Run("--help");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, AllOf(HasSubstr("Exit codes:"), HasSubstr("Examples:"),
                             HasSubstr("BURSAR_ADDRESS")));
}

TEST_F(BursarctlTest, NoCommandTakesASecretItself) {
  for (const char* verb :
       {"client create", "client replace-secret", "grant complete-consent",
        "grant exchange-code", "grant import", "token refresh", "revoke"}) {
    const std::string help = Run(absl::StrCat(verb, " --help")).out;
    EXPECT_THAT(help, HasSubstr("-file")) << verb;
    for (const char* option :
         {"--secret ", "--token ", "--code ", "--state ", "--refresh-token "}) {
      EXPECT_THAT(help, Not(HasSubstr(option))) << verb;
    }
  }
}

TEST_F(BursarctlTest, VersionNeedsNoServer) {
  broker_.Stop();
  EXPECT_THAT(Run("version").out, HasSubstr("bursarctl 0."));
}

TEST_F(BursarctlTest, WrongUsageHasAnExitCodeOfItsOwn) {
  EXPECT_EQ(Run("grant").exit_code, 2);
  EXPECT_EQ(Run("--output xml health").exit_code, 2);
  EXPECT_EQ(Run("--timeout soon health").exit_code, 2);
  EXPECT_EQ(Run("--address broker.example:1 health").exit_code, 2);
}

TEST_F(BursarctlTest, AsksTheStandardHealthService) {
  const Outcome run = Run("health");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("SERVING"));
}

}  // namespace
}  // namespace bursar::client

// bursarctl grant, without the consents of devices.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(BursarctlTest, FiltersAndNamesStates) {
  broker_.list_grants.Set([](const auto&, auto& response) {
    auto& grant = *response.add_grants();
    grant.set_id("g1");
    grant.set_state(v1::Grant::CONSENT_REQUIRED);
    grant.set_dead_reason(v1::Grant::EVICTED);
    return grpc::Status::OK;
  });
  const Outcome run = Run("grant list --user ann --state consent-required");
  EXPECT_THAT(run.out, HasSubstr("CONSENT_REQUIRED (EVICTED)"));
  ASSERT_EQ(broker_.list_grants.count(), 1u);
  EXPECT_EQ(broker_.list_grants.calls()[0].user(), "ann");
  EXPECT_EQ(broker_.list_grants.calls()[0].state(),
            v1::Grant::CONSENT_REQUIRED);
}

TEST_F(BursarctlTest, CompletesAConsentFromFiles) {
  broker_.complete_consent.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  std::ofstream(File("state")) << "s1";
  EXPECT_EQ(Run(absl::StrCat("grant complete-consent --user ann --state-file ",
                             File("state"), " --code-file - <", SecretFile()))
                .exit_code,
            0);
  ASSERT_EQ(broker_.complete_consent.count(), 1u);
  EXPECT_EQ(broker_.complete_consent.calls()[0].state(), "s1");
  EXPECT_EQ(broker_.complete_consent.calls()[0].code(), kSecret);
}

TEST_F(BursarctlTest, CompletesAConsentFromAFragmentInAFile) {
  broker_.complete_consent.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(
      Run(absl::StrCat("grant complete-consent --user ann --fragment-file ",
                       SecretFile()))
          .exit_code,
      0);
  ASSERT_EQ(broker_.complete_consent.count(), 1u);
  EXPECT_EQ(broker_.complete_consent.calls()[0].fragment(), kSecret);
  EXPECT_EQ(broker_.complete_consent.calls()[0].code(), "");
}

TEST_F(BursarctlTest, AConsentIsCompletedByACodeOrAFragment) {
  EXPECT_EQ(Run("grant complete-consent --user ann").exit_code, 2);
  EXPECT_EQ(Run("grant complete-consent --user ann --state-file s").exit_code,
            2);
  EXPECT_EQ(Run("grant complete-consent --user ann --fragment-file f "
                "--code-file c")
                .exit_code,
            2);
  EXPECT_EQ(broker_.complete_consent.count(), 0u);
}

TEST_F(BursarctlTest, SaysOfAConsentThatNothingWillRenewIt) {
  broker_.begin_consent.Set([](const auto& request, auto& response) {
    response.set_renewable(request.client() == "crm");
    return grpc::Status::OK;
  });
  EXPECT_THAT(Run("grant begin-consent --user ann --client page").out,
              HasSubstr("nothing to broker beyond the access token's hour"));
  EXPECT_THAT(Run("grant begin-consent --user ann --client crm").out,
              Not(HasSubstr("nothing to broker")));
}

TEST_F(BursarctlTest, AsksForATokenOfTheClientsOwn) {
  broker_.request_client_credentials.Set(
      [](const auto& request, auto& response) {
        response.set_renewal(v1::Grant::CLIENT_CREDENTIALS);
        response.set_organization(request.organization());
        return grpc::Status::OK;
      });
  const Outcome run =
      Run("grant request-client-credentials --user reports --client crm "
          "--scope a --organization Service.1 --data-center eu");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("the client's own credentials"),
                             HasSubstr("Service.1")));
  const auto request = broker_.request_client_credentials.calls()[0];
  EXPECT_EQ(request.user(), "reports");
  EXPECT_EQ(request.client(), "crm");
  EXPECT_EQ(request.scopes(0), "a");
  EXPECT_EQ(request.data_center(), "eu");
}

TEST_F(BursarctlTest, ACodeFromTheConsoleIsTakenFromAFile) {
  broker_.exchange_code.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run(absl::StrCat("grant exchange-code --user ann --client crm "
                             "--data-center eu --code-file ",
                             SecretFile()))
                .exit_code,
            0);
  ASSERT_EQ(broker_.exchange_code.count(), 1u);
  EXPECT_EQ(broker_.exchange_code.calls()[0].code(), kSecret);
  EXPECT_EQ(broker_.exchange_code.calls()[0].data_center(), "eu");
}

}  // namespace
}  // namespace bursar::client

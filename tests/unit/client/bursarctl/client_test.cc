// bursarctl client.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST_F(BursarctlTest, TakesASecretFromAFile) {
  broker_.create_client.Set([](const auto& request, auto& response) {
    response = request.client();
    response.set_has_secret(true);
    return grpc::Status::OK;
  });
  const Outcome run = Run(absl::StrCat(
      "client create crm --provider cliq --client-id 1000.A --scope read "
      "--scope write --secret-file ",
      SecretFile()));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("crm"), Not(HasSubstr(kSecret))));
  const auto calls = broker_.create_client.calls();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].client_secret(), kSecret);
  EXPECT_EQ(calls[0].client().client_id(), "1000.A");
  EXPECT_EQ(calls[0].client().default_scopes_size(), 2);
}

TEST_F(BursarctlTest, TakesASecretFromStandardInput) {
  broker_.replace_secret.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run(absl::StrCat("client replace-secret crm --secret-file - <",
                             SecretFile()))
                .exit_code,
            0);
  ASSERT_EQ(broker_.replace_secret.count(), 1u);
  EXPECT_EQ(broker_.replace_secret.calls()[0].client_secret(), kSecret);
}

TEST_F(BursarctlTest, ASecretMayBeOneDataCentresOwn) {
  broker_.replace_secret.Set([](const auto& request, auto& response) {
    response.add_secret_data_centers(request.data_center());
    return grpc::Status::OK;
  });
  const Outcome run = Run(
      absl::StrCat("client replace-secret crm --data-center eu --secret-file ",
                   SecretFile()));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, ContainsRegex("Own secrets at +eu"));
  ASSERT_EQ(broker_.replace_secret.count(), 1u);
  EXPECT_EQ(broker_.replace_secret.calls()[0].data_center(), "eu");
}

TEST_F(BursarctlTest, ADataCentresOwnSecretIsTakenAway) {
  broker_.remove_secret.Set(
      [](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run("client remove-secret crm --data-center eu").exit_code, 0);
  ASSERT_EQ(broker_.remove_secret.count(), 1u);
  EXPECT_EQ(broker_.remove_secret.calls()[0].name(), "crm");
  EXPECT_EQ(broker_.remove_secret.calls()[0].data_center(), "eu");
  EXPECT_EQ(Run("client remove-secret crm").exit_code, 2);
}

TEST_F(BursarctlTest, ARejectedClientIsShownWithTheDataCentre) {
  broker_.get_client.Set([](const auto&, auto& response) {
    response.mutable_misconfigured_time()->set_seconds(1'700'000'000);
    response.set_misconfigured_error("SECRET");
    response.set_misconfigured_data_center("eu");
    return grpc::Status::OK;
  });
  EXPECT_THAT(Run("client get crm").out, HasSubstr("SECRET at eu, "));
}

TEST_F(BursarctlTest, AnEmptySecretIsAMistake) {
  const Outcome run =
      Run("client replace-secret crm --secret-file - </dev/null");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("empty"));
}

TEST_F(BursarctlTest, UpdateChangesOnlyWhatIsGiven) {
  broker_.get_client.Set([](const auto& request, auto& response) {
    response.set_name(request.name());
    response.set_client_id("old");
    response.set_data_center("eu");
    response.set_etag("e1");
    return grpc::Status::OK;
  });
  broker_.update_client.Set([](const auto& request, auto& response) {
    response = request.client();
    return grpc::Status::OK;
  });
  EXPECT_EQ(Run("client update crm --client-id new").exit_code, 0);
  ASSERT_EQ(broker_.update_client.count(), 1u);
  const v1::Client sent = broker_.update_client.calls()[0].client();
  EXPECT_EQ(sent.client_id(), "new");
  EXPECT_EQ(sent.data_center(), "eu");
  EXPECT_EQ(sent.etag(), "e1");
}

TEST_F(BursarctlTest, AClientMayBeOfTheImplicitFlow) {
  broker_.create_client.Set([](const auto& request, auto& response) {
    response = request.client();
    return grpc::Status::OK;
  });
  const Outcome run =
      Run("client create page --provider cliq --client-id id "
          "--response-type token");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("token (nothing renews its grants)"));
  EXPECT_EQ(broker_.create_client.calls()[0].client().response_type(),
            v1::Client::TOKEN);
}

}  // namespace
}  // namespace bursar::client

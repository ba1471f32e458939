// A client presents itself at each data centre with the secret that serves
// there, and is rejected there alone.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

class DataCenterSecretsTest : public testing::Test {
 protected:
  DataCenterSecretsTest() { Replace(DataCenter("eu"), "secret-of-eu"); }

  void Replace(const DataCenter& data_center, const std::string& secret) {
    ASSERT_TRUE(stack_
                    .Write([&](Ledger& ledger) {
                      return ledger.client_secrets()
                          .Replace(ClientName("client"), data_center,
                                   Secret::Copy(secret), stack_.clock.Now())
                          .status();
                    })
                    .ok());
  }

  // Consents, to scopes of its own, with data at that data centre.
  Grant ConsentedAt(const std::string& data_center) {
    auto begun = stack_.BeginConsent({data_center}).Get();
    EXPECT_TRUE(begun.ok()) << begun.status();
    Redirect redirect;
    redirect.state = std::move(begun->state);
    redirect.code = Secret::Copy("code");
    redirect.accounts_server = "https://" + data_center + ".provider.test";
    redirect.actor = Actor("browser");
    Awaited<absl::StatusOr<Grant>> completed;
    stack_.consent.Complete(std::move(redirect), stack_.clock.Now(),
                            completed.Done());
    EXPECT_TRUE(stack_.upstream.Answer(stack_.Grants(data_center, true)));
    auto grant = completed.Get();
    EXPECT_TRUE(grant.ok()) << grant.status();
    return *std::move(grant);
  }

  Awaited<TokenSource::Answer> AskAt(const std::string& data_center) {
    return stack_.Ask(std::nullopt, absl::Minutes(1), {data_center});
  }

  // Asks for a token there while the provider answers `result`.
  TokenSource::Answer AskDuring(const std::string& data_center,
                                RedeemResult result) {
    auto answer = AskAt(data_center);
    EXPECT_TRUE(stack_.upstream.Answer(std::move(result)));
    return answer.Get();
  }

  std::string LastSecret() {
    return stack_.upstream.calls().back().client_secret;
  }

  CoreStack stack_;
};

TEST_F(DataCenterSecretsTest, ACodeIsExchangedWithIt) {
  ConsentedAt("eu");
  EXPECT_EQ(LastSecret(), "secret-of-eu");
  ConsentedAt("us");
  EXPECT_EQ(LastSecret(), "client-secret");
}

TEST_F(DataCenterSecretsTest, AGrantIsRefreshedWithIt) {
  ConsentedAt("eu");
  ConsentedAt("us");
  stack_.clock.Advance(absl::Hours(2));
  ASSERT_TRUE(AskDuring("eu", stack_.Grants("1")).ok());
  EXPECT_EQ(LastSecret(), "secret-of-eu");
  ASSERT_TRUE(AskDuring("us", stack_.Grants("2")).ok());
  EXPECT_EQ(LastSecret(), "client-secret");
}

TEST_F(DataCenterSecretsTest, AGrantIsRevokedWithIt) {
  const Grant grant = ConsentedAt("eu");
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_EQ(LastSecret(), "secret-of-eu");
}

TEST_F(DataCenterSecretsTest, ATokenIsImportedWithIt) {
  Awaited<absl::StatusOr<Grant>> imported;
  Consent::ImportRequest request;
  request.user = UserId("user");
  request.client = ClientName("client");
  request.data_center = DataCenter("eu");
  request.scopes = Scopes({"read"});
  request.refresh_token = Secret::Copy("from-elsewhere");
  stack_.consent.Import(std::move(request), imported.Done());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  ASSERT_TRUE(imported.Get().ok());
  EXPECT_EQ(LastSecret(), "secret-of-eu");
}

TEST_F(DataCenterSecretsTest, ADeviceIsPolledForWithItWhereverItsUserIs) {
  Awaited<absl::StatusOr<DeviceConsents::Begun>> begun;
  stack_.device_consents.Begin(
      {UserId("user"), ClientName("client"), Scopes({"read"}), Actor("tester")},
      stack_.clock.Now(), begun.Done());
  DeviceAuthorization device;
  device.device_code = Secret::Copy("device-code");
  device.user_code = Secret::Copy("USER-CODE");
  device.expiry = stack_.clock.Now() + absl::Minutes(5);
  device.interval = absl::Seconds(5);
  ASSERT_TRUE(stack_.upstream.AnswerDeviceBegin(std::move(device)));
  ASSERT_TRUE(begun.Get().ok());
  EXPECT_EQ(LastSecret(), "client-secret");
  stack_.Pass(absl::Seconds(5));
  ASSERT_TRUE(
      stack_.upstream.AnswerDevicePoll(DeviceElsewhere{DataCenter("eu")}));
  stack_.Pass(absl::Seconds(5));
  EXPECT_EQ(stack_.upstream.calls().back().data_center, "eu");
  EXPECT_EQ(LastSecret(), "secret-of-eu");
}

TEST_F(DataCenterSecretsTest, ARejectionStopsThatDataCentreAlone) {
  ConsentedAt("eu");
  ConsentedAt("us");
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(ReasonOf(AskDuring("eu", Misconfigured{"SECRET"}).status()),
            Reason::kClientMisconfigured);
  EXPECT_TRUE(AskDuring("us", stack_.Grants("1")).ok());
  const std::size_t calls = stack_.provider_calls();
  EXPECT_EQ(ReasonOf(AskAt("eu").Get().status()), Reason::kClientMisconfigured);
  EXPECT_EQ(stack_.provider_calls(), calls);
}

TEST_F(DataCenterSecretsTest, ARejectionEndsWithTheSecretThatServesThere) {
  ConsentedAt("eu");
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_FALSE(AskDuring("eu", Misconfigured{"SECRET"}).ok());
  Replace(DataCenter(), "shared-2");
  EXPECT_EQ(ReasonOf(AskAt("eu").Get().status()), Reason::kClientMisconfigured);
  Replace(DataCenter("eu"), "mended");
  EXPECT_TRUE(AskDuring("eu", stack_.Grants("1")).ok());
  EXPECT_EQ(LastSecret(), "mended");
}

TEST_F(DataCenterSecretsTest, WhereTheSharedOneServesItsSuccessorMends) {
  ConsentedAt("us");
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_FALSE(AskDuring("us", Misconfigured{"SECRET"}).ok());
  Replace(DataCenter("eu"), "another");
  EXPECT_EQ(ReasonOf(AskAt("us").Get().status()), Reason::kClientMisconfigured);
  Replace(DataCenter(), "shared-2");
  EXPECT_TRUE(AskDuring("us", stack_.Grants("1")).ok());
  EXPECT_EQ(LastSecret(), "shared-2");
}

}  // namespace
}  // namespace bursar

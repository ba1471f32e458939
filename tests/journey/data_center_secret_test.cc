// A provider that gives its clients another secret in each data centre.

#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

// Somebody who is at home in eu.
constexpr char kEmil[] = "emil@example.com";

class DataCenterSecret : public Journey {
 protected:
  // The secret of the home is the shared one, eu has its own.
  void SetUp() override {
    SandboxOptions options = Unlimited();
    options.data_centers = {"eu"};
    options.shared_secret = false;
    StartStack(options);
    ASSERT_NE(registered().secret, registered().secrets.at("eu"));
    SetOwn();
  }

  void SetOwn() {
    v1::ReplaceClientSecretRequest request;
    request.set_name(kClient);
    request.set_client_secret(registered().secrets.at("eu"));
    request.set_data_center("eu");
    const auto reply = api().ReplaceClientSecret(request);
    ASSERT_TRUE(reply.ok()) << reply.outcome;
    ASSERT_EQ(reply.value.secret_data_centers_size(), 1);
    EXPECT_EQ(reply.value.secret_data_centers(0), "eu");
  }

  void RemoveOwn() {
    v1::RemoveClientSecretRequest request;
    request.set_name(kClient);
    request.set_data_center("eu");
    ASSERT_TRUE(api().RemoveClientSecret(request).ok());
  }

  v1::Client TheClient() {
    v1::GetClientRequest request;
    request.set_name(kClient);
    return api().GetClient(request).value;
  }
};

TEST_F(DataCenterSecret, ServesTheGrantsThatAreMadeThereFromCodeToRevocation) {
  const v1::Grant grant = Consent(kEmil);
  EXPECT_EQ(grant.data_center(), "eu");
  const auto refreshed = Refresh(GetToken(kEmil).value, kEmil);
  ASSERT_TRUE(refreshed.ok()) << refreshed.outcome;
  v1::RevokeRequest revoke;
  revoke.set_grant(grant.id());
  ASSERT_TRUE(api().Revoke(revoke).ok());
  EXPECT_TRUE(Eventually(
      [&] { return CountEvents("revocation.confirmed", grant.id()) == 1; }));
  EXPECT_EQ(sandbox().RefreshTokens(kEmil).front().state, "revoked");
}

TEST_F(DataCenterSecret, LeavesTheOthersToTheSharedOne) {
  EXPECT_EQ(Consent(kAnn).data_center(), "us");
  EXPECT_TRUE(Refresh(GetToken(kAnn).value, kAnn).ok());
}

TEST_F(DataCenterSecret, ThatIsWrongStopsThatDataCentreAlone) {
  Consent(kAnn);
  Consent(kEmil);
  const v1::AccessToken token = GetToken(kEmil).value;
  // What serves in eu from now on is another data centre's.
  RemoveOwn();
  const auto refused = Refresh(token, kEmil);
  EXPECT_EQ(refused.outcome.reason, "CLIENT_MISCONFIGURED");
  EXPECT_EQ(refused.outcome.metadata.at("error"), "SECRET");
  EXPECT_TRUE(Refresh(GetToken(kAnn).value, kAnn).ok());
  EXPECT_EQ(TheClient().misconfigured_error(), "SECRET");
  EXPECT_EQ(TheClient().misconfigured_data_center(), "eu");
  SetOwn();
  EXPECT_FALSE(TheClient().has_misconfigured_time());
  EXPECT_TRUE(Refresh(token, kEmil).ok());
}

TEST_F(DataCenterSecret, OutlivesARestart) {
  Consent(kEmil);
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(Refresh(GetToken(kEmil).value, kEmil).ok());
}

}  // namespace
}  // namespace bursar::journey

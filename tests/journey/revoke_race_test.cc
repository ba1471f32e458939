// A revocation that meets a refresh in flight: whatever the order, the grant
// ends revoked and nothing brings it back.

#include <algorithm>
#include <future>

#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr absl::Duration kDelay = absl::Milliseconds(700);

class RevokeRace : public Journey {
 protected:
  void SetUp() override {
    SandboxOptions options = Unlimited();
    options.switches["rotation"] = "true";
    StartStack(options);
    grant_ = Consent(kAnn);
    token_ = GetToken(kAnn).value;
  }

  // Begins a refresh, and returns when the provider has it in hand.
  std::future<Api::TokenReply> RefreshMeanwhile() {
    auto reply = std::async(std::launch::async,
                            [this] { return Refresh(token_, kAnn); });
    EXPECT_TRUE(
        Eventually([&] { return sandbox().Calls("token.refresh") == 1; }));
    return reply;
  }

  Reply<v1::RevokeResponse> Revoke() {
    v1::RevokeRequest request;
    request.set_grant(grant_.id());
    return api().Revoke(request);
  }

  // The end that every order must come to.
  void ExpectRevokedForGood() {
    EXPECT_EQ(Grant(grant_.id()).state(), v1::Grant::REVOKED);
    const auto reply = GetToken(kAnn);
    EXPECT_EQ(reply.outcome.reason, "CONSENT_REQUIRED");
    EXPECT_TRUE(Eventually([&] {
      const std::vector<ProviderToken> tokens = sandbox().RefreshTokens(kAnn);
      return !tokens.empty() &&
             std::none_of(tokens.begin(), tokens.end(), [](const auto& token) {
               return token.state == "alive";
             });
    }));
    ASSERT_EQ(broker().Stop(), 0);
    ASSERT_TRUE(broker().Start());
    EXPECT_EQ(Grant(grant_.id()).state(), v1::Grant::REVOKED);
    EXPECT_EQ(GetToken(kAnn).outcome.reason, "CONSENT_REQUIRED");
  }

  v1::Grant grant_;
  v1::AccessToken token_;
};

TEST_F(RevokeRace, RevokedBeforeTheProviderActsOnTheRefresh) {
  sandbox().Add({.kind = "delay", .delay = kDelay});
  auto refresh = RefreshMeanwhile();
  EXPECT_TRUE(Revoke().ok());
  EXPECT_EQ(refresh.get().outcome.reason, "CONSENT_REQUIRED");
  ExpectRevokedForGood();
}

TEST_F(RevokeRace, RevokedAfterTheProviderRotatedAndBeforeItsAnswer) {
  sandbox().Add({.kind = "delay", .after_processing = true, .delay = kDelay});
  auto refresh = RefreshMeanwhile();
  EXPECT_TRUE(Revoke().ok());
  EXPECT_EQ(refresh.get().outcome.reason, "CONSENT_REQUIRED");
  ExpectRevokedForGood();
}

TEST_F(RevokeRace, RevokedBeforeTheProviderFailsTheRefresh) {
  sandbox().Add({.kind = "reset", .after_processing = true, .delay = kDelay});
  auto refresh = RefreshMeanwhile();
  EXPECT_TRUE(Revoke().ok());
  EXPECT_FALSE(refresh.get().ok());
  EXPECT_EQ(Grant(grant_.id()).state(), v1::Grant::REVOKED);
  EXPECT_EQ(GetToken(kAnn).outcome.reason, "CONSENT_REQUIRED");
}

TEST_F(RevokeRace, RefreshedBeforeTheRevocation) {
  ASSERT_TRUE(Refresh(token_, kAnn).ok());
  EXPECT_TRUE(Revoke().ok());
  ExpectRevokedForGood();
}

TEST_F(RevokeRace, RefreshOfARevokedGrantNeverReachesTheProvider) {
  EXPECT_TRUE(Revoke().ok());
  EXPECT_EQ(Refresh(token_, kAnn).outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
}

TEST_F(RevokeRace, RevocationThatTheProviderMissedIsRepeatedAfterARestart) {
  sandbox().Add({.call = "revoke", .kind = "reset", .times = 1000});
  EXPECT_TRUE(Revoke().ok());
  ASSERT_TRUE(Eventually([&] { return sandbox().Calls("revoke") >= 1; }));
  broker().Kill9();
  sandbox().ClearFaults();
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(Eventually([&] {
    return RefreshTokensOf(grant_.id()).back().revocation() ==
           v1::RefreshToken::CONFIRMED;
  }));
}

}  // namespace
}  // namespace bursar::journey

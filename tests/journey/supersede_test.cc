// Repeated consents do not eat the provider's cap: the old refresh token is
// revoked once the new one is durable, and never before.

#include "absl/strings/match.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

class Supersede : public Journey {
 protected:
  void SetUp() override { StartStack(); }

  std::vector<std::string> StatesAtTheProvider(const std::string& user) {
    std::vector<std::string> states;
    for (const ProviderToken& token : sandbox().RefreshTokens(user)) {
      states.push_back(token.state);
    }
    return states;
  }
};

TEST_F(Supersede, NewConsentRevokesTheOldOneAtTheProvider) {
  const v1::Grant old_grant = Consent(kAnn, {kRead});
  const v1::Grant new_grant = Consent(kAnn, {kAll});
  EXPECT_EQ(Grant(old_grant.id()).state(), v1::Grant::SUPERSEDED);
  EXPECT_EQ(Grant(old_grant.id()).superseded_by(), new_grant.id());
  EXPECT_TRUE(Eventually([&] {
    return StatesAtTheProvider(kAnn) ==
           std::vector<std::string>{"revoked", "alive"};
  }));
}

TEST_F(Supersede, OldOneLivesUntilTheNewOneIsDurable) {
  Consent(kAnn, {kRead});
  // The provider gives the new tokens and the answer is lost.
  sandbox().Add(
      {.call = "token.code", .kind = "reset", .after_processing = true});
  const Page consent = browser().Open(BeginConsent(kAnn, {kRead}));
  const Page end = browser().Press(consent, "Accept", {{"user", kAnn}});
  EXPECT_EQ(end.status, 503);
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_EQ(sandbox().Calls("revoke"), 0);
  EXPECT_EQ(StatesAtTheProvider(kAnn).front(), "alive");
}

TEST_F(Supersede, KilledBeforeTheProviderHeardTheRevocationIsRepeated) {
  sandbox().Add({.call = "revoke", .kind = "reset", .times = 1000});
  Consent(kAnn, {kRead});
  Consent(kAnn, {kRead});
  broker().Kill9();
  sandbox().ClearFaults();
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(Eventually([&] {
    return StatesAtTheProvider(kAnn) ==
           std::vector<std::string>{"revoked", "alive"};
  }));
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(Supersede, NarrowerConsentLeavesTheWiderOne) {
  const v1::Grant wide = Consent(kAnn, {kAll});
  Consent(kAnn, {kRead});
  EXPECT_EQ(Grant(wide.id()).state(), v1::Grant::ACTIVE);
}

TEST_F(Supersede, ThirtyConsentsStayFarBelowTheCap) {
  for (int i = 0; i < 30; ++i) Consent(kAnn, {kRead});
  EXPECT_TRUE(Eventually([&] {
    const auto reply = api().ListUsage({});
    return reply.value.usage_size() == 1 &&
           reply.value.usage(0).living_refresh_tokens() == 1;
  }));
  for (const std::string& state : StatesAtTheProvider(kAnn)) {
    EXPECT_NE(state, "evicted");
  }
}

TEST_F(Supersede, AnotherUsersGrantIsLeftAlone) {
  const v1::Grant bobs = Consent(kBob, {kRead});
  Consent(kAnn, {kRead});
  EXPECT_EQ(Grant(bobs.id()).state(), v1::Grant::ACTIVE);
}

}  // namespace
}  // namespace bursar::journey

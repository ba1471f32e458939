// The life of a grant at oidc-provider, which replaces a refresh token at every
// use and ends the grant at a reuse.

#include <vector>

#include "gtest/gtest.h"
#include "tests/fakes/eventually.h"
#include "tests/interop/oidc_journey.h"

namespace bursar::journey {
namespace {

constexpr int kRotations = 10;
constexpr int kCallers = 8;

class OidcTokens : public OidcJourney {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(OidcJourney::SetUp());
    StartConsented();
  }

  void RestartBroker() {
    ASSERT_EQ(broker().Stop(), 0);
    ASSERT_TRUE(broker().Start()) << broker().Log();
    ASSERT_TRUE(Discovered()) << broker().Log();
  }

  // All name the same token as failed, at once.
  void RefreshByMany() {
    const v1::AccessToken failed = GetToken(kAnn).value;
    const std::vector<v1::RefreshRequest> requests(kCallers,
                                                   RefreshOf(failed, kAnn));
    for (const auto& reply : api().Refreshes(requests)) {
      ASSERT_TRUE(reply.ok()) << reply.outcome;
    }
  }
};

TEST_F(OidcTokens, ItsApiTakesTheAccessToken) {
  const auto token = GetToken(kAnn);
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(provider().CallUserinfo(token.value.authorization()), 200);
}

TEST_F(OidcTokens, TenRotationsInARowWork) {
  v1::AccessToken token = GetToken(kAnn).value;
  for (int i = 0; i < kRotations; ++i) {
    const auto next = Refresh(token, kAnn);
    ASSERT_TRUE(next.ok()) << i << ": " << next.outcome;
    ASSERT_EQ(provider().CallUserinfo(next.value.authorization()), 200) << i;
    token = next.value;
  }
  EXPECT_EQ(provider().RefreshTokens().size(), kRotations + 1);
}

TEST_F(OidcTokens, LedgerHoldsEveryGeneration) {
  Rotate(kRotations);
  const auto tokens = RefreshTokensOf(GrantsOf(kAnn).front().id());
  ASSERT_EQ(tokens.size(), kRotations + 1);
  for (int i = 0; i <= kRotations; ++i) {
    const bool is_newest = i == kRotations;
    EXPECT_EQ(tokens[i].generation(), i + 1);
    EXPECT_EQ(tokens[i].state(),
              is_newest ? v1::RefreshToken::ACTIVE : v1::RefreshToken::ROTATED);
    EXPECT_EQ(tokens[i].use_count(), is_newest ? 0 : 1);
  }
}

TEST_F(OidcTokens, AReusedRefreshTokenIsNeverSent) {
  for (int i = 0; i < kRotations; ++i) {
    if (i == kRotations / 2) RestartBroker();
    RefreshByMany();
  }
  EXPECT_EQ(provider().Count("refresh_token.consumed"), kRotations);
  EXPECT_EQ(provider().Count("grant.error"), 0);
}

TEST_F(OidcTokens, AReuseByAnotherEndsTheGrantHereToo) {
  Rotate(1);
  ASSERT_EQ(provider().Redeem(provider().RefreshTokens().front()),
            "invalid_grant");
  const auto reply = Refresh(GetToken(kAnn).value, kAnn);
  EXPECT_EQ(reply.outcome.reason, "CONSENT_REQUIRED") << reply.outcome;
  const v1::Grant grant = GrantsOf(kAnn).front();
  EXPECT_EQ(grant.state(), v1::Grant::CONSENT_REQUIRED);
  EXPECT_EQ(grant.dead_reason(), v1::Grant::REFUSED_BY_PROVIDER);
}

TEST_F(OidcTokens, RevokeEndsTheTokenAtTheProvider) {
  Rotate(1);
  const v1::Grant grant = GrantsOf(kAnn).front();
  const std::string authorization = GetToken(kAnn).value.authorization();
  v1::RevokeRequest request;
  request.set_grant(grant.id());
  ASSERT_TRUE(api().Revoke(request).ok());
  EXPECT_TRUE(Eventually([&] {
    return RefreshTokensOf(grant.id()).back().revocation() ==
           v1::RefreshToken::CONFIRMED;
  }));
  EXPECT_EQ(provider().Redeem(provider().RefreshTokens().back()),
            "invalid_grant");
  EXPECT_EQ(provider().CallUserinfo(authorization), 401);
}

}  // namespace
}  // namespace bursar::journey

#include "sandbox/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sandbox/token_rules.h"

namespace bursar::sandbox {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;
using TokensTest = TokenRules;

TEST_F(TokensTest, LookLikeTheProvidersTokens) {
  EXPECT_THAT(Consent(ann_),
              MatchesRegex("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}"));
}

TEST_F(TokensTest, AnAccessTokenLivesAnHour) {
  const std::string token = Refresh(Consent(ann_));
  EXPECT_TRUE(Opens(token, kStart + absl::Minutes(59)));
  EXPECT_FALSE(Opens(token, kStart + absl::Hours(1)));
}

TEST_F(TokensTest, WithoutRefreshTokenThereIsAnAccessTokenAlone) {
  const auto minted = std::get<Tokens::Minted>(
      tokens_.FromConsent(persona_, ann_, scopes_, false, issuer_, kStart));
  EXPECT_FALSE(minted.refresh_token.has_value());
  EXPECT_TRUE(Opens(minted.access_token.value));
}

TEST_F(TokensTest, ARefreshTokenIsBoundToItsClient) {
  const std::string token = Consent({"ann", "other client"});
  EXPECT_EQ(WhyNot(token), Refusal::kDead);
}

TEST_F(TokensTest, ARefreshTokenThatDoesNotRotateBringsNoOther) {
  const auto minted = std::get<Tokens::Minted>(Redeem(Consent(ann_)));
  EXPECT_FALSE(minted.refresh_token.has_value());
}

TEST_F(TokensTest, RevokingARefreshTokenKillsItsAccessTokens) {
  const std::string refresh_token = Consent(ann_);
  const std::string access_token = Refresh(refresh_token);
  EXPECT_TRUE(tokens_.Revoke(refresh_token, kStart));
  EXPECT_FALSE(Opens(access_token));
  EXPECT_EQ(WhyNot(refresh_token), Refusal::kDead);
}

TEST_F(TokensTest, RevokingAnAccessTokenLeavesItsRefreshToken) {
  const std::string refresh_token = Consent(ann_);
  const std::string access_token = Refresh(refresh_token);
  EXPECT_TRUE(tokens_.Revoke(access_token, kStart));
  EXPECT_FALSE(Opens(access_token));
  EXPECT_TRUE(Works(refresh_token));
}

TEST_F(TokensTest, WhatIsDeadOrUnknownCannotBeRevoked) {
  const std::string refresh_token = Consent(ann_);
  EXPECT_TRUE(tokens_.Revoke(refresh_token, kStart));
  EXPECT_FALSE(tokens_.Revoke(refresh_token, kStart));
  EXPECT_FALSE(tokens_.Revoke("1000.none", kStart));
}

TEST_F(TokensTest, RevokingAUserLeavesOthersAlone) {
  const std::string anns = Consent(ann_);
  const std::string bobs = Consent(bob_);
  EXPECT_EQ(tokens_.RevokeAll("ann", "", kStart), 1);
  EXPECT_FALSE(Works(anns));
  EXPECT_TRUE(Works(bobs));
}

TEST_F(TokensTest, KillingAccessTokensLeavesTheRefreshToken) {
  const std::string refresh_token = Consent(ann_);
  const std::string access_token = Refresh(refresh_token);
  EXPECT_EQ(tokens_.EndAccessTokensOf("ann", "client"), 2);
  EXPECT_FALSE(Opens(access_token));
  EXPECT_TRUE(Works(refresh_token));
}

TEST_F(TokensTest, ARefreshMayAskForLess) {
  const auto minted = std::get<Tokens::Minted>(
      Redeem(Consent(ann_), kStart, {"ZohoCliq.Channels.READ"}));
  EXPECT_THAT(minted.access_token.scopes,
              ElementsAre("ZohoCliq.Channels.READ"));
}

TEST_F(TokensTest, ARefreshMayNotAskForMore) {
  EXPECT_EQ(
      std::get<Refusal>(Redeem(Consent(ann_), kStart, {"ZohoCliq.Chats.READ"})),
      Refusal::kInvalidScope);
}

TEST_F(TokensTest, WithoutNarrowingTheScopeOfARefreshMeansNothing) {
  persona_.scope_narrowing = false;
  const auto minted = std::get<Tokens::Minted>(
      Redeem(Consent(ann_), kStart, {"ZohoCliq.Chats.READ"}));
  EXPECT_EQ(minted.access_token.scopes, scopes_);
}

TEST_F(TokensTest, AnAccessTokenIsForUnlimitedUse) {
  const std::string token = Refresh(Consent(ann_));
  EXPECT_TRUE(Opens(token));
  EXPECT_TRUE(Opens(token));
}

TEST_F(TokensTest, AnAccessTokenIsForOneUseIfThePersonaSaysSo) {
  persona_.access_token_single_use = true;
  const std::string token = Refresh(Consent(ann_));
  EXPECT_TRUE(Opens(token));
  EXPECT_FALSE(Opens(token));
}

TEST_F(TokensTest, ARefreshTokenEndsWithItsLifetime) {
  persona_.refresh_token_lifetime = absl::Hours(24);
  const std::string token = Consent(ann_);
  EXPECT_TRUE(Works(token, kStart + absl::Hours(23)));
  EXPECT_FALSE(Works(token, kStart + absl::Hours(24)));
}

TEST_F(TokensTest, UseKeepsARefreshTokenFromEndingIdle) {
  persona_.refresh_token_idle_lifetime = absl::Hours(24);
  const std::string token = Consent(ann_);
  EXPECT_TRUE(Works(token, kStart + absl::Hours(23)));
  EXPECT_TRUE(Works(token, kStart + absl::Hours(46)));
  EXPECT_FALSE(Works(token, kStart + absl::Hours(70)));
}

}  // namespace
}  // namespace bursar::sandbox

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/sandbox/token_rules.h"

namespace bursar::sandbox {
namespace {

using TokenCapsTest = TokenRules;

TEST_F(TokenCapsTest, TheTwentyFirstRefreshTokenEvictsTheFirst) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 20; ++i) tokens.push_back(Consent(ann_));
  const std::string access_token = Refresh(tokens[0]);
  Consent(ann_);
  EXPECT_EQ(WhyNot(tokens[0]), Refusal::kDead);
  EXPECT_FALSE(Opens(access_token));
  for (int i = 1; i < 20; ++i) EXPECT_TRUE(Works(tokens[i])) << i;
  EXPECT_EQ(tokens_.Living().at(ann_), 20);
  EXPECT_EQ(tokens_.refresh_tokens().at(1).state, TokenState::kEvicted);
}

TEST_F(TokenCapsTest, TheCapCountsAUserAndAClientTogether) {
  const std::string token = Consent(ann_);
  for (int i = 0; i < 20; ++i) Consent(bob_);
  for (int i = 0; i < 20; ++i) Consent({"ann", "other client"});
  EXPECT_TRUE(Works(token));
}

TEST_F(TokenCapsTest, TheCapCountsAUserIfThePersonaSaysSo) {
  persona_.refresh_tokens_counted_by = CountedBy::kUser;
  const std::string token = Consent(ann_);
  for (int i = 0; i < 19; ++i) Consent({"ann", "other client"});
  EXPECT_TRUE(Works(token));
  Consent({"ann", "third client"});
  EXPECT_FALSE(Works(token));
}

TEST_F(TokenCapsTest, TheCapCountsAClientIfThePersonaSaysSo) {
  persona_.refresh_tokens_counted_by = CountedBy::kClient;
  const std::string token = Consent(ann_);
  for (int i = 0; i < 20; ++i) Consent(bob_);
  EXPECT_FALSE(Works(token));
}

TEST_F(TokenCapsTest, ARevokedRefreshTokenNoLongerCounts) {
  const std::string first = Consent(ann_);
  for (int i = 0; i < 19; ++i) tokens_.Revoke(Consent(ann_), kStart);
  Consent(ann_);
  EXPECT_TRUE(Works(first));
}

TEST_F(TokenCapsTest, ACapThatDeniesRefusesTheNextOne) {
  persona_.on_cap = OnCap::kDeny;
  const std::string first = Consent(ann_);
  for (int i = 0; i < 19; ++i) Consent(ann_);
  EXPECT_EQ(std::get<Refusal>(TryConsent(ann_, kStart)), Refusal::kCapReached);
  EXPECT_TRUE(Works(first));
}

TEST_F(TokenCapsTest, TheSixthRefreshTokenInAMinuteIsThrottled) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(
        std::holds_alternative<Tokens::Minted>(TryConsent(ann_, kStart)));
  }
  EXPECT_EQ(std::get<Refusal>(TryConsent(ann_, kStart + absl::Seconds(59))),
            Refusal::kThrottled);
  EXPECT_TRUE(std::holds_alternative<Tokens::Minted>(
      TryConsent(ann_, kStart + absl::Minutes(1))));
}

TEST_F(TokenCapsTest, TheEleventhRefreshInTenMinutesIsThrottled) {
  const std::string token = Consent(ann_);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(Works(token)) << i;
  EXPECT_EQ(WhyNot(token, kStart + absl::Minutes(9)), Refusal::kThrottled);
  EXPECT_TRUE(Works(token, kStart + absl::Minutes(10)));
}

TEST_F(TokenCapsTest, TheEleventhLivingAccessTokenKillsTheFirst) {
  persona_.access_tokens_per_window = 0;
  const std::string token = Consent(ann_);
  std::vector<std::string> access_tokens;
  for (int i = 0; i < 11; ++i) access_tokens.push_back(Refresh(token));
  EXPECT_FALSE(Opens(access_tokens[0]));
  EXPECT_TRUE(Opens(access_tokens[1]));
}

TEST_F(TokenCapsTest, AnExpiredAccessTokenNoLongerCounts) {
  persona_.access_tokens_per_window = 0;
  const std::string token = Consent(ann_);
  for (int i = 0; i < 9; ++i) Refresh(token);
  const absl::Time later = kStart + absl::Hours(1);
  const std::string first = Refresh(token, later);
  for (int i = 0; i < 9; ++i) Refresh(token, later);
  EXPECT_TRUE(Opens(first, later));
}

TEST_F(TokenCapsTest, AUseLimitEndsARefreshToken) {
  persona_.refresh_token_use_limit = 2;
  const std::string token = Consent(ann_);
  EXPECT_TRUE(Works(token));
  EXPECT_TRUE(Works(token));
  EXPECT_EQ(WhyNot(token), Refusal::kDead);
}

}  // namespace
}  // namespace bursar::sandbox

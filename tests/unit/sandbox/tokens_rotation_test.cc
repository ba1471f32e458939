#include <gtest/gtest.h>

#include "tests/unit/sandbox/token_rules.h"

namespace bursar::sandbox {
namespace {

class TokenRotationTest : public TokenRules {
 protected:
  TokenRotationTest() { persona_.rotation = true; }

  /// The token that takes over from `refresh_token`.
  std::string Rotate(const std::string& refresh_token,
                     absl::Time now = kStart) {
    return *std::get<Tokens::Minted>(Redeem(refresh_token, now)).refresh_token;
  }
};

TEST_F(TokenRotationTest, FiftyInARowWork) {
  std::string token = Consent(ann_);
  for (int i = 0; i < 50; ++i) token = Rotate(token);
  EXPECT_TRUE(Works(token));
  EXPECT_EQ(tokens_.Living().at(ann_), 1);
}

TEST_F(TokenRotationTest, WithoutGraceARotatedTokenIsDeadAtOnce) {
  const std::string old = Consent(ann_);
  const std::string next = Rotate(old);
  EXPECT_EQ(WhyNot(old), Refusal::kDead);
  EXPECT_TRUE(Works(next));
  EXPECT_EQ(tokens_.totals().refused_reuse, 1);
  EXPECT_EQ(tokens_.refresh_tokens().at(1).reuse_refused, 1);
}

TEST_F(TokenRotationTest, WithinItsGraceARotatedTokenWorks) {
  persona_.rotation_grace = absl::Seconds(30);
  const std::string old = Consent(ann_);
  const std::string next = Rotate(old);
  const std::string sibling = Rotate(old, kStart + absl::Seconds(29));
  EXPECT_TRUE(Works(next));
  EXPECT_TRUE(Works(sibling));
  EXPECT_EQ(WhyNot(old, kStart + absl::Seconds(30)), Refusal::kDead);
}

TEST_F(TokenRotationTest, AnEndlessGraceKeepsTheOldTokenForGood) {
  persona_.rotation_grace = absl::InfiniteDuration();
  const std::string old = Consent(ann_);
  Rotate(old);
  EXPECT_TRUE(Works(old, kStart + absl::Hours(10000)));
}

TEST_F(TokenRotationTest, ReuseKillsTheFamilyIfThePersonaSaysSo) {
  persona_.reuse_kills_family = true;
  const std::string old = Consent(ann_);
  const std::string next = Rotate(old);
  const std::string other = Consent(ann_);
  EXPECT_EQ(WhyNot(old), Refusal::kDead);
  EXPECT_EQ(WhyNot(next), Refusal::kDead);
  EXPECT_TRUE(Works(other));
}

TEST_F(TokenRotationTest, ReuseKillsTheFamilysAccessTokensToo) {
  persona_.reuse_kills_family = true;
  const std::string old = Consent(ann_);
  const auto minted = std::get<Tokens::Minted>(Redeem(old));
  EXPECT_FALSE(Works(old));
  EXPECT_FALSE(Opens(minted.access_token.value));
}

TEST_F(TokenRotationTest, ReuseLeavesTheFamilyOtherwise) {
  const std::string old = Consent(ann_);
  const std::string next = Rotate(old);
  EXPECT_FALSE(Works(old));
  EXPECT_TRUE(Works(next));
}

TEST_F(TokenRotationTest, AYoungTokenIsNotRotated) {
  persona_.rotate_after = absl::Hours(24);
  const std::string token = Consent(ann_);
  EXPECT_FALSE(
      std::get<Tokens::Minted>(Redeem(token)).refresh_token.has_value());
  EXPECT_NE(Rotate(token, kStart + absl::Hours(24)), token);
}

TEST_F(TokenRotationTest, TheOldPairDiesTogetherIfThePersonaSaysSo) {
  const auto outlives = [this] {
    const auto first = std::get<Tokens::Minted>(Redeem(Consent(ann_)));
    Rotate(*first.refresh_token);
    return Opens(first.access_token.value);
  };
  EXPECT_TRUE(outlives());
  persona_.rotation_kills_access_tokens = true;
  EXPECT_FALSE(outlives());
}

TEST_F(TokenRotationTest, RevokingTheNewestEndsTheFamily) {
  persona_.rotation_grace = absl::InfiniteDuration();
  const std::string old = Consent(ann_);
  const std::string next = Rotate(old);
  EXPECT_TRUE(tokens_.Revoke(next, kStart));
  EXPECT_FALSE(Works(old));
}

}  // namespace
}  // namespace bursar::sandbox

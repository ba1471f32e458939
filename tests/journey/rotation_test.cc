// A provider that replaces the refresh token at every use.

#include <set>

#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr int kRefreshes = 50;

class Rotation : public Journey {
 protected:
  void SetUp() override {
    SandboxOptions options = Unlimited();
    options.switches["rotation"] = "true";
    StartStack(options);
    grant_ = Consent(kAnn);
  }

  void RefreshOften() {
    v1::AccessToken token = GetToken(kAnn).value;
    for (int i = 0; i < kRefreshes; ++i) {
      const auto next = Refresh(token, kAnn);
      ASSERT_TRUE(next.ok()) << i << ": " << next.outcome;
      token = next.value;
    }
  }

  v1::Grant grant_;
};

TEST_F(Rotation, FiftyRefreshesInARowEachGiveAWorkingToken) {
  v1::AccessToken token = GetToken(kAnn).value;
  for (int i = 0; i < kRefreshes; ++i) {
    const auto next = Refresh(token, kAnn);
    ASSERT_TRUE(next.ok()) << i << ": " << next.outcome;
    ASSERT_EQ(next.value.generation(), token.generation() + 1);
    ASSERT_EQ(sandbox().CallApi(next.value.authorization()), 200) << i;
    token = next.value;
  }
  EXPECT_EQ(sandbox().Calls("token.refresh"), kRefreshes);
}

TEST_F(Rotation, LedgerHoldsEveryGeneration) {
  RefreshOften();
  const std::vector<v1::RefreshToken> tokens = RefreshTokensOf(grant_.id());
  ASSERT_EQ(tokens.size(), kRefreshes + 1);
  for (int i = 0; i <= kRefreshes; ++i) {
    const v1::RefreshToken& token = tokens[i];
    EXPECT_EQ(token.generation(), i + 1);
    const bool is_newest = i == kRefreshes;
    EXPECT_EQ(token.state(),
              is_newest ? v1::RefreshToken::ACTIVE : v1::RefreshToken::ROTATED);
    EXPECT_EQ(token.use_count(), is_newest ? 0 : 1);
    EXPECT_EQ(token.has_end_time(), !is_newest);
  }
}

TEST_F(Rotation, OldTokensReuseIsRefusedByTheProvider) {
  RefreshOften();
  const std::vector<ProviderToken> tokens = sandbox().RefreshTokens(kAnn);
  ASSERT_EQ(tokens.size(), kRefreshes + 1);
  EXPECT_EQ(sandbox().Redeem(registered(), tokens.front().value),
            "invalid_code");
}

TEST_F(Rotation, OldTokensReuseIsNeverAttemptedByTheBroker) {
  RefreshOften();
  const std::vector<ProviderToken> tokens = sandbox().RefreshTokens(kAnn);
  ASSERT_EQ(tokens.size(), kRefreshes + 1);
  for (const ProviderToken& token : tokens) {
    EXPECT_EQ(token.reuse_refused, 0);
    EXPECT_EQ(token.redeemed, token.state == "alive" ? 0 : 1);
  }
}

TEST_F(Rotation, RotatedTokenOutlivesARestart) {
  Refresh(GetToken(kAnn).value, kAnn);
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(Refresh(GetToken(kAnn).value, kAnn).ok());
}

TEST_F(Rotation, UsageCountsRotations) {
  RefreshOften();
  const auto reply = api().ListUsage({});
  ASSERT_EQ(reply.value.usage_size(), 1) << reply.outcome;
  EXPECT_EQ(reply.value.usage(0).rotations(), kRefreshes);
  EXPECT_EQ(reply.value.usage(0).redemptions(), kRefreshes);
  EXPECT_EQ(reply.value.usage(0).living_refresh_tokens(), 1);
  EXPECT_EQ(reply.value.usage(0).refresh_tokens_ever(), kRefreshes + 1);
}

}  // namespace
}  // namespace bursar::journey

// How the refresh tokens of providers other than Zoho live and die: one rule a
// test, on the persona as it is.

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/sandbox/token_rules.h"

namespace bursar::sandbox {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

class ProviderRulesTest : public TokenRules {
 protected:
  /// The refresh token in the answer to a refresh; the same one if there is
  /// none.
  std::string Next(const std::string& token, absl::Time now = kStart) {
    return std::get<Tokens::Minted>(Redeem(token, now))
        .refresh_token.value_or(token);
  }

  /// How long after its rotation a token is last seen to work, tried at `grace`
  /// and a second before.
  void ExpectGrace(absl::Duration grace) {
    const std::string old = Consent(ann_);
    EXPECT_NE(Next(old), old);
    EXPECT_TRUE(Works(old, kStart + grace - absl::Seconds(1)));
    EXPECT_FALSE(Works(old, kStart + grace));
  }

  /// That one more than `cap` ends the first, and the first only.
  void ExpectCap(int cap) {
    std::vector<std::string> tokens;
    for (int i = 0; i < cap; ++i) tokens.push_back(Consent(ann_));
    EXPECT_EQ(tokens_.Living().at(ann_), cap);
    const std::string newest = Consent(ann_);
    EXPECT_EQ(WhyNot(tokens[0]), Refusal::kDead);
    EXPECT_TRUE(Works(tokens[1]));
    EXPECT_TRUE(Works(newest));
  }

  /// That a token that is never used dies at `life`.
  void ExpectUnusedLife(absl::Duration life) {
    EXPECT_TRUE(Works(Consent(ann_), kStart + life - absl::Seconds(1)));
    EXPECT_FALSE(Works(Consent(ann_), kStart + life));
  }
};

TEST_F(ProviderRulesTest, NoneThrottlesByItself) {
  for (const Persona& persona : AllPersonas()) {
    if (persona.authorization_scheme != "Bearer") continue;
    persona_ = persona;
    std::string token = Consent(ann_);
    for (int i = 0; i < 30; ++i) token = Next(token);
    EXPECT_TRUE(Works(token)) << persona.name;
  }
}

TEST_F(ProviderRulesTest, RotatingKillsTheFamilyAtOnceWhenATokenIsReused) {
  persona_ = RotatingPersona();
  const std::string old = Consent(ann_);
  const std::string next = Next(old);
  EXPECT_FALSE(Works(old));
  EXPECT_FALSE(Works(next));
}

TEST_F(ProviderRulesTest, GoogleNeverRotates) {
  persona_ = GooglePersona();
  const std::string token = Consent(ann_);
  EXPECT_EQ(Next(token), token);
}

TEST_F(ProviderRulesTest, GooglesHundredAndFirstEndsTheOldest) {
  persona_ = GooglePersona();
  ExpectCap(100);
}

TEST_F(ProviderRulesTest, GooglesDiesAfterSixIdleMonths) {
  persona_ = GooglePersona();
  ExpectUnusedLife(182 * kDay);
}

TEST_F(ProviderRulesTest, GooglesLivesAsLongAsItIsUsed) {
  persona_ = GooglePersona();
  const std::string token = Consent(ann_);
  for (int i = 1; i <= 10; ++i) {
    EXPECT_TRUE(Works(token, kStart + i * 181 * kDay)) << i;
  }
}

TEST_F(ProviderRulesTest, MicrosoftsOldTokenStaysValid) {
  persona_ = MicrosoftPersona();
  const std::string old = Consent(ann_);
  EXPECT_NE(Next(old), old);
  EXPECT_TRUE(Works(old, kStart + 89 * kDay));
}

TEST_F(ProviderRulesTest, MicrosoftsTokenDiesAfterNinetyDaysRotatedOrNot) {
  persona_ = MicrosoftPersona();
  const std::string rotated = Consent(ann_);
  Next(rotated);
  EXPECT_FALSE(Works(rotated, kStart + 90 * kDay));
  EXPECT_FALSE(Works(Consent(ann_), kStart + 90 * kDay));
}

TEST_F(ProviderRulesTest, GithubsOldPairDiesAtOnce) {
  persona_ = GithubPersona();
  const std::string old = Consent(ann_);
  const auto first = std::get<Tokens::Minted>(Redeem(old));
  const auto second = std::get<Tokens::Minted>(Redeem(*first.refresh_token));
  EXPECT_FALSE(Works(old));
  EXPECT_FALSE(Works(*first.refresh_token));
  EXPECT_FALSE(Opens(first.access_token.value));
  EXPECT_TRUE(Opens(second.access_token.value));
}

TEST_F(ProviderRulesTest, GithubsAccessTokenLivesForEightHours) {
  persona_ = GithubPersona();
  const std::string token = Refresh(Consent(ann_));
  EXPECT_TRUE(Opens(token, kStart + absl::Hours(8) - absl::Seconds(1)));
  EXPECT_FALSE(Opens(token, kStart + absl::Hours(8)));
}

TEST_F(ProviderRulesTest, SalesforcesSixthApprovalEndsTheOldest) {
  persona_ = SalesforcePersona();
  ExpectCap(5);
}

TEST_F(ProviderRulesTest, SlackRotates) {
  persona_ = SlackPersona();
  const std::string old = Consent(ann_);
  EXPECT_NE(Next(old), old);
  EXPECT_FALSE(Works(old));
}

TEST_F(ProviderRulesTest, AtlassianForgivesReuseForTenMinutes) {
  persona_ = AtlassianPersona();
  ExpectGrace(absl::Minutes(10));
}

TEST_F(ProviderRulesTest, AtlassiansDiesAfterNinetyIdleDays) {
  persona_ = AtlassianPersona();
  ExpectUnusedLife(90 * kDay);
}

TEST_F(ProviderRulesTest, AtlassiansGrantDiesAfterAYearHoweverItRotates) {
  persona_ = AtlassianPersona();
  std::string token = Consent(ann_);
  for (int day = 60; day < 365; day += 60) {
    token = Next(token, kStart + day * kDay);
  }
  EXPECT_FALSE(Works(token, kStart + 365 * kDay));
}

TEST_F(ProviderRulesTest, QuickbooksRotatesWhatIsADayOld) {
  persona_ = QuickbooksPersona();
  const std::string token = Consent(ann_);
  EXPECT_EQ(Next(token, kStart + kDay - absl::Seconds(1)), token);
  EXPECT_NE(Next(token, kStart + kDay), token);
  EXPECT_FALSE(Works(token, kStart + kDay));
}

TEST_F(ProviderRulesTest, QuickbooksNamesTheTokenThatStays) {
  persona_ = QuickbooksPersona();
  const std::string token = Consent(ann_);
  EXPECT_EQ(std::get<Tokens::Minted>(Redeem(token)).refresh_token, token);
}

TEST_F(ProviderRulesTest, QuickbooksDiesAfterAHundredIdleDays) {
  persona_ = QuickbooksPersona();
  ExpectUnusedLife(100 * kDay);
}

TEST_F(ProviderRulesTest, QuickbooksGrantDiesAfterFiveYears) {
  persona_ = QuickbooksPersona();
  std::string token = Consent(ann_);
  for (int day = 90; day < 5 * 365; day += 90) {
    token = Next(token, kStart + day * kDay);
  }
  EXPECT_FALSE(Works(token, kStart + 5 * 365 * kDay));
}

TEST_F(ProviderRulesTest, XeroForgivesReuseForThirtyMinutes) {
  persona_ = XeroPersona();
  ExpectGrace(absl::Minutes(30));
}

TEST_F(ProviderRulesTest, XerosAccessTokenLivesForThirtyMinutes) {
  persona_ = XeroPersona();
  const std::string token = Refresh(Consent(ann_));
  EXPECT_TRUE(Opens(token, kStart + absl::Minutes(30) - absl::Seconds(1)));
  EXPECT_FALSE(Opens(token, kStart + absl::Minutes(30)));
}

TEST_F(ProviderRulesTest, XerosDiesAfterSixtyIdleDays) {
  persona_ = XeroPersona();
  ExpectUnusedLife(60 * kDay);
}

TEST_F(ProviderRulesTest, BoxsWorksOnce) {
  persona_ = BoxPersona();
  const std::string old = Consent(ann_);
  const std::string next = Next(old);
  EXPECT_FALSE(Works(old));
  EXPECT_TRUE(Works(next));
}

TEST_F(ProviderRulesTest, BoxsDiesAfterSixtyDays) {
  persona_ = BoxPersona();
  ExpectUnusedLife(60 * kDay);
}

TEST_F(ProviderRulesTest, OktaForgivesReuseForThirtySeconds) {
  persona_ = OktaPersona();
  ExpectGrace(absl::Seconds(30));
}

TEST_F(ProviderRulesTest, OktasLateReuseKillsTheFamily) {
  persona_ = OktaPersona();
  const std::string old = Consent(ann_);
  const std::string next = Next(old);
  EXPECT_FALSE(Works(old, kStart + absl::Seconds(30)));
  EXPECT_FALSE(Works(next, kStart + absl::Seconds(30)));
}

TEST_F(ProviderRulesTest, Auth0HasALeeway) {
  persona_ = Auth0Persona();
  ExpectGrace(absl::Seconds(10));
}

TEST_F(ProviderRulesTest, Auth0sReusePastTheLeewayKillsTheFamily) {
  persona_ = Auth0Persona();
  const std::string old = Consent(ann_);
  const std::string next = Next(old);
  EXPECT_FALSE(Works(old, kStart + absl::Seconds(10)));
  EXPECT_FALSE(Works(next, kStart + absl::Seconds(10)));
}

TEST_F(ProviderRulesTest, Auth0sTwoHundredAndFirstEndsTheOldest) {
  persona_ = Auth0Persona();
  ExpectCap(200);
}

TEST_F(ProviderRulesTest, HubspotNeverRotatesAndNamesTheToken) {
  persona_ = HubspotPersona();
  const std::string token = Consent(ann_);
  EXPECT_EQ(std::get<Tokens::Minted>(Redeem(token)).refresh_token, token);
  EXPECT_TRUE(Works(token, kStart + 10000 * kDay));
}

TEST_F(ProviderRulesTest, HubspotsAccessTokenLivesForThirtyMinutes) {
  persona_ = HubspotPersona();
  const std::string token = Refresh(Consent(ann_));
  EXPECT_TRUE(Opens(token, kStart + absl::Minutes(30) - absl::Seconds(1)));
  EXPECT_FALSE(Opens(token, kStart + absl::Minutes(30)));
}

}  // namespace
}  // namespace bursar::sandbox

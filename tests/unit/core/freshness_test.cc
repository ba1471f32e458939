#include "server/core/freshness.h"

#include "gtest/gtest.h"

namespace bursar {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

TokenLife Hour(absl::Duration left) {
  const absl::Time expiry = kNow + left;
  return {3, expiry - absl::Hours(1), expiry};
}

Need AtLeast(absl::Duration min_ttl) { return {min_ttl, std::nullopt}; }
Need NewerThan(int64_t generation) { return {absl::Minutes(1), generation}; }

std::string WhyOf(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  if (!refusal) return "";
  const auto why = refusal->metadata.find("why");
  return why == refusal->metadata.end() ? "" : why->second;
}

Reason ReasonIn(const Decision& decision) {
  return RefusalOf(std::get<absl::Status>(decision))->reason;
}

TEST(MeetsTest, ATokenThatLivesExactlyLongEnoughWillDo) {
  EXPECT_TRUE(Meets(Hour(absl::Minutes(5)), AtLeast(absl::Minutes(5)), kNow));
  EXPECT_FALSE(Meets(Hour(absl::Minutes(5)),
                     AtLeast(absl::Minutes(5) + absl::Nanoseconds(1)), kNow));
}

TEST(MeetsTest, AnExpiredTokenNeverWillDo) {
  EXPECT_FALSE(
      Meets(Hour(absl::ZeroDuration()), AtLeast(absl::ZeroDuration()), kNow));
}

TEST(MeetsTest, OnlyANewerGenerationThanTheFailedOneWillDo) {
  EXPECT_FALSE(Meets(Hour(absl::Minutes(30)), NewerThan(3), kNow));
  EXPECT_TRUE(Meets(Hour(absl::Minutes(30)), NewerThan(2), kNow));
}

TEST(ServesTest, ALivingTokenServesWhateverWasAskedOfItsLife) {
  EXPECT_TRUE(Serves(Hour(absl::Seconds(1)), AtLeast(absl::Minutes(5)), kNow));
}

TEST(ServesTest, ARefusedTokenDoesNotServe) {
  EXPECT_FALSE(Serves(Hour(absl::Minutes(30)), NewerThan(3), kNow));
}

TEST(DecideTest, ATokenThatMeetsTheNeedIsUsed) {
  EXPECT_TRUE(std::holds_alternative<UseNewest>(Decide(
      {}, {}, Hour(absl::Minutes(30)), AtLeast(absl::Minutes(5)), kNow)));
}

TEST(DecideTest, WithoutATokenTheProviderIsAsked) {
  EXPECT_TRUE(std::holds_alternative<AskProvider>(
      Decide({}, {}, std::nullopt, AtLeast(absl::Minutes(5)), kNow)));
}

TEST(DecideTest, ADeadGrantIsNeverAskedAbout) {
  Grant grant;
  grant.state = GrantState::kConsentRequired;
  grant.dead_reason = DeadReason::kOutcomeLost;
  const Decision decision =
      Decide(grant, {}, std::nullopt, AtLeast(absl::Minutes(5)), kNow);
  EXPECT_EQ(WhyOf(std::get<absl::Status>(decision)), "OUTCOME_LOST");
}

TEST(DecideTest, ARevokedGrantServesNotEvenALivingToken) {
  Grant grant;
  grant.state = GrantState::kRevoked;
  const Decision decision = Decide(grant, {}, Hour(absl::Minutes(30)),
                                   AtLeast(absl::Minutes(5)), kNow);
  EXPECT_EQ(WhyOf(std::get<absl::Status>(decision)), "REVOKED");
}

TEST(DecideTest, DuringAPauseTheLivingTokenIsUsed) {
  Grant grant;
  grant.pause = {kNow + absl::Seconds(9), Reason::kProviderError};
  EXPECT_TRUE(std::holds_alternative<UseNewest>(Decide(
      grant, {}, Hour(absl::Minutes(1)), AtLeast(absl::Minutes(5)), kNow)));
}

TEST(DecideTest, DuringAPauseTheRefusalSaysWhyAndWhenToComeBack) {
  Grant grant;
  grant.pause = {kNow + absl::Seconds(9), Reason::kProviderThrottled};
  const Decision decision =
      Decide(grant, {}, std::nullopt, AtLeast(absl::Minutes(5)), kNow);
  const auto refusal = RefusalOf(std::get<absl::Status>(decision));
  EXPECT_EQ(refusal->reason, Reason::kProviderThrottled);
  EXPECT_EQ(refusal->retry_after, absl::Seconds(9));
}

TEST(DecideTest, AfterAPauseTheProviderIsAskedAgain) {
  Grant grant;
  grant.pause = {kNow, Reason::kProviderThrottled};
  EXPECT_TRUE(std::holds_alternative<AskProvider>(
      Decide(grant, {}, std::nullopt, AtLeast(absl::Minutes(5)), kNow)));
}

TEST(DecideTest, ARejectedClientIsNotSentAgainAtOnce) {
  Client client;
  client.misconfigured[DataCenter("eu")] = {"SECRET", kNow - absl::Minutes(1)};
  Grant grant;
  grant.data_center = DataCenter("eu");
  EXPECT_EQ(ReasonIn(Decide(grant, client, std::nullopt,
                            AtLeast(absl::Minutes(5)), kNow)),
            Reason::kClientMisconfigured);
}

TEST(DecideTest, AClientThatIsRejectedElsewhereIsSent) {
  Client client;
  client.misconfigured[DataCenter("eu")] = {"SECRET", kNow};
  Grant grant;
  grant.data_center = DataCenter("us");
  EXPECT_TRUE(std::holds_alternative<AskProvider>(
      Decide(grant, client, std::nullopt, AtLeast(absl::Minutes(5)), kNow)));
}

TEST(DecideTest, ARejectedClientIsTriedOnceMoreAfterAWhile) {
  Client client;
  client.misconfigured[DataCenter("eu")] = {"SECRET",
                                            kNow - kMisconfigurationPause};
  Grant grant;
  grant.data_center = DataCenter("eu");
  EXPECT_TRUE(std::holds_alternative<AskProvider>(
      Decide(grant, client, std::nullopt, AtLeast(absl::Minutes(5)), kNow)));
}

TEST(DecideTest, ALifeThatTheProviderNeverGivesIsRefusedWithoutAsking) {
  const Decision decision =
      Decide({}, {}, Hour(absl::Minutes(30)), AtLeast(absl::Hours(2)), kNow);
  const auto refusal = RefusalOf(std::get<absl::Status>(decision));
  EXPECT_EQ(refusal->reason, Reason::kMinTtlUnattainable);
  EXPECT_EQ(refusal->metadata.at("lifetime"), "3600s");
}

TEST(BackOffTest, DoublesFromOneSecondToOneMinute) {
  EXPECT_EQ(BackOff(1), absl::Seconds(1));
  EXPECT_EQ(BackOff(2), absl::Seconds(2));
  EXPECT_EQ(BackOff(6), absl::Seconds(32));
  EXPECT_EQ(BackOff(7), absl::Minutes(1));
  EXPECT_EQ(BackOff(1'000'000), absl::Minutes(1));
}

}  // namespace
}  // namespace bursar

#include "server/core/redeem_failure.h"

#include "gtest/gtest.h"

namespace bursar {
namespace {

const absl::Time kFailedAt = absl::FromUnixSeconds(1'700'000'000);

RefreshLease Lease(bool outcome_unknown_before) {
  RefreshLease lease;
  lease.outcome_unknown_before = outcome_unknown_before;
  return lease;
}

TEST(FailureOfTest, ADeadTokenAfterAKnownOutcomeWasRefusedByTheProvider) {
  EXPECT_EQ(FailureOf(Dead{}, Lease(false), true, kFailedAt).dead,
            DeadReason::kRefusedByProvider);
}

TEST(FailureOfTest, ADeadTokenAfterALostAnswerWasLostWithIt) {
  EXPECT_EQ(FailureOf(Dead{}, Lease(true), true, kFailedAt).dead,
            DeadReason::kOutcomeLost);
}

TEST(FailureOfTest, AProviderThatNeverRotatesLosesNothingInALostAnswer) {
  EXPECT_EQ(FailureOf(Dead{}, Lease(true), false, kFailedAt).dead,
            DeadReason::kRefusedByProvider);
  EXPECT_FALSE(FailureOf(OutcomeUnknown{Trouble::kConnectionLost, {}},
                         Lease(false), false, kFailedAt)
                   .outcome_unknown);
}

TEST(FailureOfTest, NothingButAWordOfDeathKillsAGrant) {
  for (const RedeemResult& result :
       {RedeemResult(Misconfigured{"SECRET"}),
        RedeemResult(Throttled{absl::Minutes(1)}),
        RedeemResult(Transient{Trouble::kServerError, {}}),
        RedeemResult(OutcomeUnknown{Trouble::kMalformed, {}})}) {
    EXPECT_FALSE(FailureOf(result, Lease(true), true, kFailedAt).dead);
  }
}

TEST(FailureOfTest, AMisconfigurationPausesTheClientAndNotTheGrant) {
  EXPECT_FALSE(
      FailureOf(Misconfigured{"SECRET"}, Lease(false), true, kFailedAt).pause);
}

TEST(FailureOfTest, AThrottlePausesAsLongAsTheProviderSays) {
  const auto pause =
      FailureOf(Throttled{absl::Minutes(7)}, Lease(false), true, kFailedAt)
          .pause;
  EXPECT_EQ(pause->until, kFailedAt + absl::Minutes(7));
  EXPECT_EQ(pause->reason, Reason::kProviderThrottled);
}

TEST(FailureOfTest, AThrottleThatSaysToComeAtOncePausesAllTheSame) {
  EXPECT_EQ(
      FailureOf(Throttled{absl::ZeroDuration()}, Lease(false), true, kFailedAt)
          .pause->until,
      kFailedAt + absl::Seconds(1));
}

TEST(FailureOfTest, FailuresInARowPauseLonger) {
  RefreshLease lease = Lease(false);
  lease.grant.failures = 3;
  EXPECT_EQ(
      FailureOf(Transient{Trouble::kServerError, {}}, lease, true, kFailedAt)
          .pause->until,
      kFailedAt + absl::Seconds(8));
}

TEST(FailureOfTest, TheProvidersDelayCountsWhereItIsLonger) {
  EXPECT_EQ(FailureOf(Transient{Trouble::kUnavailable, absl::Minutes(2)},
                      Lease(false), true, kFailedAt)
                .pause->until,
            kFailedAt + absl::Minutes(2));
}

TEST(RefusalOfExchangeTest, EachTroubleHasAReasonOfItsOwn) {
  const std::pair<Trouble, Reason> expected[] = {
      {Trouble::kUnreachable, Reason::kProviderUnreachable},
      {Trouble::kUntrusted, Reason::kProviderUntrusted},
      {Trouble::kConnectionLost, Reason::kProviderConnectionLost},
      {Trouble::kTimedOut, Reason::kProviderTimedOut},
      {Trouble::kServerError, Reason::kProviderError},
      {Trouble::kUnavailable, Reason::kProviderUnavailable},
      {Trouble::kMalformed, Reason::kProviderAnswerMalformed},
      {Trouble::kTooLarge, Reason::kProviderAnswerTooLarge},
  };
  for (const auto& [trouble, reason] : expected) {
    EXPECT_EQ(
        RefusalOf(RefusalOfExchange(Transient{trouble, {}}, kFailedAt))->reason,
        reason);
  }
}

TEST(RefusalOfExchangeTest, ADeadCodeIsRefused) {
  EXPECT_EQ(RefusalOf(RefusalOfExchange(Dead{}, kFailedAt))->reason,
            Reason::kCodeRefused);
}

}  // namespace
}  // namespace bursar

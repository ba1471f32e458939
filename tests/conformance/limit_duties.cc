#include "tests/conformance/limit_duties.h"

namespace bursar {
namespace {

using testing::Optional;

Limit Window(Counted counted, CountedPer per, int64_t at_most) {
  return {counted, per, at_most, LimitDuties::kTenMinutes, PastLimit::kRefuses};
}

TEST_P(LimitDuties, AWindowIsFullUntilTheFirstOfItsUsesLeavesIt) {
  const Limit limit = Window(Counted::kCodes, CountedPer::kUserAndClient, 2);
  const absl::Time first = now_;
  Note(Counted::kCodes, kAda);
  EXPECT_EQ(Count(limit, kAda).used, 1);
  EXPECT_EQ(Count(limit, kAda).full_until, std::nullopt);
  now_ += absl::Minutes(4);
  Note(Counted::kCodes, kAda);
  EXPECT_EQ(Count(limit, kAda).used, 2);
  EXPECT_THAT(Count(limit, kAda).full_until,
              Optional(first + LimitDuties::kTenMinutes));
  now_ = first + LimitDuties::kTenMinutes;
  EXPECT_EQ(Count(limit, kAda).used, 1);
  EXPECT_EQ(Count(limit, kAda).full_until, std::nullopt);
}

TEST_P(LimitDuties, OneOverAFullWindowLeavesItFullUntilTheSecondGoes) {
  const Limit limit = Window(Counted::kCodes, CountedPer::kUserAndClient, 1);
  Note(Counted::kCodes, kAda);
  now_ += absl::Minutes(1);
  Note(Counted::kCodes, kAda);
  EXPECT_THAT(Count(limit, kAda).full_until,
              Optional(now_ + LimitDuties::kTenMinutes));
}

TEST_P(LimitDuties, AWindowCountsPerUserPerClientOrPerBoth) {
  Note(Counted::kCodes, kAda);
  Note(Counted::kCodes, kAdaAtErp);
  Note(Counted::kCodes, kBob);
  const auto used = [&](CountedPer per) {
    return Count(Window(Counted::kCodes, per, 9), kAda).used;
  };
  EXPECT_EQ(used(CountedPer::kUserAndClient), 1);
  EXPECT_EQ(used(CountedPer::kUser), 2);
  EXPECT_EQ(used(CountedPer::kClient), 2);
}

TEST_P(LimitDuties, AWindowCountsOneKindAlone) {
  Note(Counted::kCodes, kAda);
  const Limit limit =
      Window(Counted::kRefreshTokens, CountedPer::kUserAndClient, 9);
  EXPECT_EQ(Count(limit, kAda).used, 0);
}

TEST_P(LimitDuties, AccessTokensAreCountedPerRefreshToken) {
  AddGrant("g1");
  AddGrant("g2");
  Note(Counted::kAccessTokens, kGrant);
  LimitSubject other = kGrant;
  other.grant = GrantId("g2");
  const Limit limit =
      Window(Counted::kAccessTokens, CountedPer::kRefreshToken, 9);
  EXPECT_EQ(Count(limit, kGrant).used, 1);
  EXPECT_EQ(Count(limit, other).used, 0);
}

TEST_P(LimitDuties, ATokenCountsFromWhenItCame) {
  AddGrant("g1");
  const Limit limit =
      Window(Counted::kAccessTokens, CountedPer::kRefreshToken, 1);
  Note(Counted::kAccessTokens, kGrant);
  now_ += absl::Seconds(9);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.limits().Settle(GrantId("g1"), now_);
              }).ok());
  EXPECT_THAT(Count(limit, kGrant).full_until,
              Optional(now_ + LimitDuties::kTenMinutes));
}

TEST_P(LimitDuties, ATokenThatNeverCameCountsNoMore) {
  AddGrant("g1");
  const Limit limit =
      Window(Counted::kAccessTokens, CountedPer::kRefreshToken, 9);
  Note(Counted::kAccessTokens, kGrant);
  Note(Counted::kAccessTokens, kGrant);
  ASSERT_TRUE(
      Write([](Ledger& l) { return l.limits().TakeBack(GrantId("g1")); }).ok());
  EXPECT_EQ(Count(limit, kGrant).used, 1);
}

TEST_P(LimitDuties, ACapCountsWhatLivesAtTheProvider) {
  AddGrant("g1");
  AddGrant("g2");
  AddGrant("g3", "crm", "bob");
  EXPECT_EQ(Count(kCap, kAda).used, 2);
  EXPECT_THAT(Count(kCap, kAda).full_until, Optional(absl::InfiniteFuture()));
  EXPECT_EQ(Count(kCap, kBob).full_until, std::nullopt);
  // The provider has not been told yet.
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  EXPECT_EQ(Count(kCap, kAda).used, 2);
  const auto due = Due(now_);
  ASSERT_EQ(due.size(), 1u);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.revocations().Settle(due[0].refresh_token_number,
                                              RevocationState::kConfirmed,
                                              now_);
              }).ok());
  EXPECT_EQ(Count(kCap, kAda).used, 1);
}

TEST_P(LimitDuties, ACapOnAccessTokensCountsThoseThatLive) {
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "", now_)).ok());
  const Limit cap{Counted::kAccessTokens, CountedPer::kRefreshToken, 10,
                  std::nullopt, PastLimit::kEvicts};
  EXPECT_EQ(Count(cap, kGrant).used, 2);
  now_ += absl::Hours(1);
  EXPECT_EQ(Count(cap, kGrant).used, 0);
}

TEST_P(LimitDuties, ACapOnRedemptionsCountsTheTokensUses) {
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "", now_)).ok());
  const Limit cap{Counted::kRedemptions, CountedPer::kRefreshToken, 1,
                  std::nullopt, PastLimit::kRefuses};
  EXPECT_EQ(Count(cap, kGrant).used, 1);
  EXPECT_THAT(Count(cap, kGrant).full_until, Optional(absl::InfiniteFuture()));
}

TEST_P(LimitDuties, TheOldestOfThoseCountedTogetherIsEvictedNext) {
  AddGrant("g0", "crm", "bob");
  AddGrant("g1");
  AddGrant("g2");
  EXPECT_THAT(NextEvicted(kAda), Optional(GrantId("g1")));
  EXPECT_EQ(NextEvicted(kAdaAtErp), std::nullopt);
}

TEST_P(LimitDuties, NothingIsLostWhereTheOldestIsRevokedAlready) {
  AddGrant("g1");
  AddGrant("g2");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  EXPECT_EQ(NextEvicted(kAda), std::nullopt);
}

TEST_P(LimitDuties, APresumedEvictedGrantCountsNoMore) {
  AddGrant("g1");
  AddGrant("g2");
  PresumeEvicted("g1");
  EXPECT_EQ(Count(kCap, kAda).used, 1);
  EXPECT_THAT(NextEvicted(kAda), Optional(GrantId("g2")));
}

TEST_P(LimitDuties, APresumedEvictedGrantHasNoAccessTokenLeft) {
  AddGrant("g1");
  PresumeEvicted("g1");
  EXPECT_TRUE(Get("g1").presumed_evicted);
  EXPECT_EQ(Get("g1").state, GrantState::kActive);
  const auto token = NewestToken("g1");
  ASSERT_TRUE(token.ok());
  EXPECT_FALSE(token->has_value());
}

TEST_P(LimitDuties, ATokenThatCameShowsThatNothingWasEvicted) {
  AddGrant("g1");
  PresumeEvicted("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(lease.ok());
  EXPECT_TRUE(lease->grant.presumed_evicted);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "", now_)).ok());
  EXPECT_FALSE(Get("g1").presumed_evicted);
}

TEST_P(LimitDuties, OnlyAnActiveGrantIsPresumedEvicted) {
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Write([&](Ledger& l) {
    return l.endings().PresumeEvicted(GrantId("g1"), now_);
  })));
}

TEST_P(LimitDuties, CountingForAnUnknownClientOrGrantIsNotFound) {
  const auto code = [&](const LimitSubject& subject) {
    return Read(
               [&](Ledger& l) { return l.limits().Count(kCap, subject, now_); })
        .status()
        .code();
  };
  EXPECT_EQ(code({kZoho, UserId("ada"), ClientName("none"), GrantId()}),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(code({kZoho, UserId("ada"), ClientName("crm"), GrantId("none")}),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace bursar

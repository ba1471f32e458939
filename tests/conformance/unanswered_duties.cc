#include "tests/conformance/unanswered_duties.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(UnansweredDuties, ALostAnswerIsUnanswered) {
  AddClient("crm");
  AddGrant("g1");
  AddGrant("g2");
  Lose("g1");
  EXPECT_THAT(Unanswered(kBefore), ElementsAre("g1"));
}

TEST_P(UnansweredDuties, AGrantComesWithItsPause) {
  AddClient("crm");
  AddGrant("g1");
  Lose("g1", now_ + absl::Seconds(7));
  const auto grants = Read([&](Ledger& ledger) {
    return ledger.refreshes().Unanswered(ProviderName("zoho"), kBefore, 1);
  });
  ASSERT_TRUE(grants.ok());
  ASSERT_EQ(grants->size(), 1u);
  EXPECT_EQ(grants->front().generation, 1);
  ASSERT_TRUE(grants->front().pause);
  EXPECT_EQ(grants->front().pause->until, now_ + absl::Seconds(7));
}

TEST_P(UnansweredDuties, ARefreshUnderWayIsNotUnanswered) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Begin("g1", 1).ok());
  EXPECT_THAT(Unanswered(kBefore), IsEmpty());
}

TEST_P(UnansweredDuties, OneThatAnotherProcessLeftIsUnanswered) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Begin("g1", 1).ok());
  Reopen();
  EXPECT_THAT(Unanswered(kBefore), ElementsAre("g1"));
}

TEST_P(UnansweredDuties, AnAnswerEndsIt) {
  AddClient("crm");
  AddGrant("g1");
  Lose("g1");
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "r2", now_)).ok());
  EXPECT_THAT(Unanswered(kBefore), IsEmpty());
}

TEST_P(UnansweredDuties, ARefusalEndsIt) {
  AddClient("crm");
  AddGrant("g1");
  Lose("g1");
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {DeadReason::kOutcomeLost, {}, false}).ok());
  EXPECT_THAT(Unanswered(kBefore), IsEmpty());
}

TEST_P(UnansweredDuties, ARevocationEndsIt) {
  AddClient("crm");
  AddGrant("g1");
  Lose("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  EXPECT_THAT(Unanswered(kBefore), IsEmpty());
}

TEST_P(UnansweredDuties, ItCountsFromTheFirstThatWasLost) {
  AddClient("crm");
  AddGrant("g1");
  const absl::Time first = now_;
  Lose("g1");
  now_ += absl::Minutes(1);
  Lose("g1");
  EXPECT_THAT(Unanswered(first - absl::Microseconds(1)), ElementsAre("g1"));
  EXPECT_THAT(Unanswered(first), IsEmpty());
}

TEST_P(UnansweredDuties, AfterAnAnswerItCountsAfresh) {
  AddClient("crm");
  AddGrant("g1");
  Lose("g1");
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "r2", now_)).ok());
  now_ += absl::Hours(1);
  const auto next = Begin("g1", 2);
  ASSERT_TRUE(Fail(*next, {{}, {}, true}).ok());
  EXPECT_THAT(Unanswered(now_ - absl::Seconds(1)), ElementsAre("g1"));
}

TEST_P(UnansweredDuties, AnotherProvidersAreNotTold) {
  AddClient("crm");
  AddGrant("g1");
  Lose("g1");
  EXPECT_THAT(Unanswered(kBefore, "okta"), IsEmpty());
}

TEST_P(UnansweredDuties, TheSoonestToBeAskedAgainComeFirst) {
  AddClient("crm");
  for (const char* id : {"g1", "g2", "g3"}) AddGrant(id);
  Lose("g1", now_ + absl::Seconds(9));
  Lose("g2", now_ + absl::Seconds(5));
  Lose("g3");
  EXPECT_THAT(Unanswered(kBefore), ElementsAre("g3", "g2", "g1"));
  EXPECT_THAT(Unanswered(kBefore, "zoho", 2), ElementsAre("g3", "g2"));
}

}  // namespace
}  // namespace bursar

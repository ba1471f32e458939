#include "tests/conformance/audit_duties.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(AuditDuties, TheHeadIsTheNewestEvent) {
  EXPECT_EQ(Ends().head.event, 0);
  Append(3);
  const ChainEnds ends = Ends();
  EXPECT_EQ(ends.head.event, 3);
  EXPECT_EQ(ends.head.time, now_);
  EXPECT_FALSE(ends.cut);
  Reopen();
  EXPECT_EQ(Ends().public_key, ends.public_key);
  EXPECT_EQ(Ends().head.hash, ends.head.hash);
}

TEST_P(AuditDuties, EventsThatAreTooOldGoAndTheirIdsAreNotUsedAgain) {
  Append(2);
  now_ += absl::Hours(2);
  Append(2);
  now_ += absl::Hours(2);
  Append(2);
  const auto removed = Remove(now_ - absl::Hours(1));
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(removed->last, 4);
  EXPECT_EQ(Ends().cut->event, 4);
  Append(1);
  EXPECT_EQ(Ids(), "5 to 7, 3");
}

TEST_P(AuditDuties, NothingGoesThatIsNotTooOld) {
  Append(2);
  now_ += absl::Hours(2);
  Append(2);
  EXPECT_EQ(Remove(now_ - absl::Hours(3))->last, 0);
  EXPECT_EQ(Ids(), "1 to 4, 4");
}

TEST_P(AuditDuties, TheNewestEventStaysHoweverOld) {
  Append(1);
  EXPECT_EQ(Remove(now_ + absl::Hours(1))->last, 0);
  EXPECT_EQ(Ids(), "1 to 1, 1");
}

TEST_P(AuditDuties, DeliveriesAddUpOverRestarts) {
  AddClient("crm");
  AddGrant("g1");
  AddGrant("g2", "crm", "bob");
  Deliver("shop", "g1", 2);
  Deliver("desk", "g1", 1);
  Deliver("shop", "g2", 1);
  Reopen();
  Deliver("shop", "g1", 3);
  EXPECT_THAT(Delivered(), ElementsAre("shop g1 of ada 5", "desk g1 of ada 1",
                                       "shop g2 of bob 1"));
  EXPECT_THAT(Delivered({Actor("shop"), {}}),
              ElementsAre("shop g1 of ada 5", "shop g2 of bob 1"));
  EXPECT_THAT(Delivered({{}, GrantId("g1")}),
              ElementsAre("shop g1 of ada 5", "desk g1 of ada 1"));
}

TEST_P(AuditDuties, APairIsToldOfWhenItIsNewAndThenOnceAnInterval) {
  AddClient("crm");
  AddGrant("g1");
  EXPECT_THAT(Deliver("shop", "g1", 2), ElementsAre("shop g1 of ada 2"));
  now_ += absl::Hours(23);
  EXPECT_THAT(Deliver("shop", "g1", 1), IsEmpty());
  EXPECT_THAT(Deliver("desk", "g1", 1), ElementsAre("desk g1 of ada 1"));
  now_ += absl::Hours(1);
  EXPECT_THAT(Deliver("shop", "g1", 1), ElementsAre("shop g1 of ada 4"));
  now_ += absl::Hours(1);
  EXPECT_THAT(Deliver("shop", "g1", 1), IsEmpty());
}

TEST_P(AuditDuties, ADeliveryOfNoGrantIsNotKept) {
  EXPECT_THAT(Deliver("shop", "none", 2), IsEmpty());
  EXPECT_THAT(Delivered(), IsEmpty());
}

TEST_P(AuditDuties, PairsThatAreIdleForTooLongAreForgotten) {
  AddClient("crm");
  AddGrant("g1");
  Deliver("shop", "g1", 2);
  now_ += absl::Hours(2);
  Deliver("desk", "g1", 1);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.deliveries().Forget(now_ - absl::Hours(1));
              }).ok());
  EXPECT_THAT(Delivered(), ElementsAre("desk g1 of ada 1"));
}

TEST_P(AuditDuties, TheLastHundredRefreshTokensStayAndAllStayCounted) {
  AddClient("crm");
  AddGrant("g1");
  constexpr int kRotations = 250;
  for (int64_t generation = 1; generation <= kRotations; ++generation) {
    auto lease = Begin("g1", generation);
    ASSERT_TRUE(lease.ok()) << lease.status();
    const std::string name = absl::StrCat("t", generation);
    ASSERT_TRUE(Commit(*lease, AnAnswer(name + "a", name + "r", now_)).ok());
  }
  const auto page = Read([](Ledger& l) {
    return l.usage().RefreshTokens(GrantId("g1"), {1000, ""});
  });
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->items.size(), 100u);
  EXPECT_EQ(page->items.back().state, RefreshTokenState::kActive);
  const auto usage = Read([](Ledger& l) { return l.usage().List({}, {}); });
  ASSERT_EQ(usage->items.size(), 1u);
  EXPECT_EQ(usage->items[0].refresh_tokens_ever, kRotations + 1);
  EXPECT_EQ(usage->items[0].rotations, kRotations);
  EXPECT_EQ(usage->items[0].redemptions, kRotations);
  const auto owner = [&](const std::string& token) {
    return Read([&](Ledger& l) {
             return l.grants().OwnerOf(Secret::Copy(token));
           })
        .status();
  };
  EXPECT_TRUE(owner("t200r").ok());
  EXPECT_TRUE(absl::IsNotFound(owner("t100r")));
}

}  // namespace
}  // namespace bursar

#include "tests/conformance/outbox_duties.h"

namespace bursar {
namespace {

TEST_P(OutboxDuties, EveryPendingRevocationIsListedInTheOrderOfItsToken) {
  EXPECT_EQ(Listed(), (std::vector<std::string>{"g1", "g2"}));
  PutOff();
  EXPECT_EQ(Listed(), (std::vector<std::string>{"g1", "g2"}));
}

TEST_P(OutboxDuties, AListedRevocationSaysHowFarItIs) {
  PutOff();
  const auto page = Read([](Ledger& l) {
    return l.revocations().List({std::nullopt, ClientName("hr")}, {});
  });
  ASSERT_EQ(page->items.size(), 1u);
  const RevocationProgress& one = page->items[0];
  EXPECT_EQ(one.grant, GrantId("g2"));
  EXPECT_EQ(one.user, UserId("bob"));
  EXPECT_EQ(one.client, ClientName("hr"));
  EXPECT_EQ(one.data_center, DataCenter("eu"));
  EXPECT_EQ(one.attempts, 1);
  EXPECT_EQ(one.ended, now_ - absl::Seconds(2));
  EXPECT_EQ(one.next_attempt, now_ + absl::Hours(1));
}

TEST_P(OutboxDuties, PagesFollowOneAnother) {
  PageRequest request;
  request.limit = 1;
  const auto first =
      Read([&](Ledger& l) { return l.revocations().List({}, request); });
  ASSERT_EQ(first->items.size(), 1u);
  request.after = first->next;
  const auto second =
      Read([&](Ledger& l) { return l.revocations().List({}, request); });
  ASSERT_EQ(second->items.size(), 1u);
  EXPECT_EQ(second->items[0].grant, GrantId("g2"));
  EXPECT_TRUE(second->next.empty());
}

TEST_P(OutboxDuties, WhatIsSettledIsListedNoMore) {
  EXPECT_EQ(Count(), 2);
  const int64_t number = Due(now_).at(0).refresh_token_number;
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.revocations().Settle(
                    number, RevocationState::kConfirmed, now_);
              }).ok());
  EXPECT_EQ(Listed().size(), 1u);
  EXPECT_EQ(Count(), 1);
}

TEST_P(OutboxDuties, HasteningMakesDueWhatWasPutOff) {
  EXPECT_EQ(Hasten({}), 0);
  PutOff();
  EXPECT_TRUE(Due(now_).empty());
  EXPECT_EQ(Hasten({GrantId("g1"), std::nullopt}), 1);
  ASSERT_EQ(Due(now_).size(), 1u);
  EXPECT_EQ(Due(now_)[0].grant, GrantId("g1"));
  EXPECT_EQ(Hasten({}), 1);
  EXPECT_EQ(Due(now_).size(), 2u);
}

TEST_P(OutboxDuties, WhatIsNotPendingCannotBeHastened) {
  EXPECT_EQ(Hasten({GrantId("g3"), std::nullopt}), 0);
  EXPECT_EQ(Listed(), (std::vector<std::string>{"g1", "g2"}));
}

}  // namespace
}  // namespace bursar

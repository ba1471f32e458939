#include "absl/strings/str_cat.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {
namespace {

using testing::ElementsAre;

Event AnEvent(const std::string& kind, const std::string& user,
              absl::Time time) {
  Event event;
  event.time = time;
  event.kind = kind;
  event.actor = Actor("shop");
  event.grant = GrantId("g1");
  event.user = UserId(user);
  event.client = ClientName("crm");
  event.generation = 7;
  event.outcome = "ok";
  return event;
}

TEST_P(LedgerSuite, EventsComeBackInOrderWithoutGaps) {
  const auto append = [&](const std::string& kind, absl::Status end) {
    return Write([&](Ledger& l) {
      const absl::Status status = l.events().Append(AnEvent(kind, "ada", now_));
      return status.ok() ? end : status;
    });
  };
  ASSERT_TRUE(append("one", absl::OkStatus()).ok());
  ASSERT_FALSE(append("undone", absl::AbortedError("undo")).ok());
  ASSERT_TRUE(append("two", absl::OkStatus()).ok());
  const auto page = Read([](Ledger& l) { return l.events().List({}, {}); });
  ASSERT_EQ(page->items.size(), 2u);
  EXPECT_EQ(page->items[0].id, 1);
  EXPECT_EQ(page->items[1].id, 2);
  EXPECT_EQ(page->items[1].kind, "two");
  EXPECT_EQ(page->items[1].time, now_);
  EXPECT_EQ(page->items[1].actor, Actor("shop"));
  EXPECT_EQ(page->items[1].grant, GrantId("g1"));
  EXPECT_EQ(page->items[1].generation, 7);
  EXPECT_EQ(page->items[1].outcome, "ok");
}

TEST_P(LedgerSuite, EventsAreListedByFilterEitherWayInPages) {
  for (int i = 1; i <= 3; ++i) {
    for (const char* user : {"ada", "bob"}) {
      ASSERT_TRUE(Write([&](Ledger& l) {
                    return l.events().Append(
                        AnEvent(absl::StrCat(user, i), user, now_));
                  }).ok());
    }
  }
  const auto kinds = [&](bool newest_first) {
    EventFilter filter;
    filter.user = UserId("ada");
    filter.newest_first = newest_first;
    std::vector<std::string> seen;
    std::string after;
    do {
      const auto page = Read([&](Ledger& l) {
        return l.events().List(filter, {2, after});
      });
      for (const Event& event : page->items) seen.push_back(event.kind);
      after = page->next;
    } while (!after.empty());
    return seen;
  };
  EXPECT_THAT(kinds(false), ElementsAre("ada1", "ada2", "ada3"));
  EXPECT_THAT(kinds(true), ElementsAre("ada3", "ada2", "ada1"));
}

TEST_P(LedgerSuite, UsageIsCountedPerUserPerClientAndPerBoth) {
  AddClient("crm");
  AddClient("erp");
  AddGrant("g1", "crm", "ada");
  AddGrant("g2", "erp", "ada");
  AddGrant("g3", "crm", "bob");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "r2", now_)).ok());
  ASSERT_TRUE(Revoke(GrantId("g3")).ok());
  const auto rows = [&](UsageGroup group) {
    std::vector<std::string> seen;
    std::string after;
    do {
      const auto page = Read([&](Ledger& l) {
        return l.usage().List({group, {}, {}}, {1, after});
      });
      EXPECT_TRUE(page.ok()) << page.status();
      for (const Usage& u : page->items) {
        seen.push_back(absl::StrCat(
            u.user.value(), " ", u.client.value(), " ", u.provider.value(),
            " living ", u.living_refresh_tokens, " ever ",
            u.refresh_tokens_ever, " rotated ", u.rotations, " redeemed ",
            u.redemptions, " grants ", u.active_grants));
      }
      after = page->next;
    } while (!after.empty());
    return seen;
  };
  EXPECT_THAT(
      rows(UsageGroup::kUserAndClient),
      ElementsAre(
          "ada crm zoho living 1 ever 2 rotated 1 redeemed 1 grants 1",
          "ada erp zoho living 1 ever 1 rotated 0 redeemed 0 grants 1",
          "bob crm zoho living 1 ever 1 rotated 0 redeemed 0 grants 0"));
  EXPECT_THAT(
      rows(UsageGroup::kUser),
      ElementsAre("ada  zoho living 2 ever 3 rotated 1 redeemed 1 grants 2",
                  "bob  zoho living 1 ever 1 rotated 0 redeemed 0 "
                  "grants 0"));
  EXPECT_THAT(
      rows(UsageGroup::kClient),
      ElementsAre(" crm zoho living 2 ever 3 rotated 1 redeemed 1 grants 1",
                  " erp zoho living 1 ever 1 rotated 0 redeemed 0 grants 1"));
}

TEST_P(LedgerSuite, RefreshTokensAreListedOldestFirstInPages) {
  AddClient("crm");
  AddGrant("g1");
  for (int64_t generation = 1; generation < 4; ++generation) {
    auto lease = Begin("g1", generation);
    const std::string name = absl::StrCat("t", generation);
    ASSERT_TRUE(Commit(*lease, AnAnswer(name + "a", name + "r", now_)).ok());
  }
  std::vector<int64_t> generations;
  std::string after;
  do {
    const auto page = Read([&](Ledger& l) {
      return l.usage().RefreshTokens(GrantId("g1"), {3, after});
    });
    for (const RefreshTokenRecord& record : page->items) {
      EXPECT_EQ(record.grant, GrantId("g1"));
      generations.push_back(record.generation);
    }
    after = page->next;
  } while (!after.empty());
  EXPECT_THAT(generations, ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace bursar

#include "server/core/delivery_folds.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/event.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DeliveryFoldsTest : public testing::Test {
 protected:
  DeliveryFoldsTest() { folds_.Start(); }
  // What the ledger still tells reaches folds that are there.
  ~DeliveryFoldsTest() override { stack_.ledger.Close(); }

  void Deliver(int count) {
    for (int i = 0; i < count; ++i) {
      deliveries_.Note(caller_, grant_, stack_.clock.Now());
    }
  }

  void Pass(absl::Duration duration) {
    stack_.Settle();
    stack_.clock.Advance(duration);
    stack_.executor.Advance(duration);
    stack_.Settle();
  }

  /// The ledger's counts.
  std::vector<int64_t> Folded() {
    std::vector<int64_t> counts;
    EXPECT_TRUE(
        stack_
            .Write([&](Ledger& ledger) {
              counts.clear();
              const auto page = ledger.deliveries().List({}, {1000, ""});
              for (const auto& record : page->items) {
                counts.push_back(record.delivery.count);
              }
              return page.status();
            })
            .ok());
    return counts;
  }

  /// Of the events that tell of deliveries: whose, and how many.
  std::vector<std::string> Told() {
    std::vector<std::string> told;
    for (const Event& event : stack_.Events()) {
      if (event.kind != event::kTokensDelivered) continue;
      told.push_back(absl::StrCat(event.actor.value(), " ", event.user.value(),
                                  " ", event.client.value(), " ",
                                  event.generation, " ", event.outcome));
    }
    return told;
  }

  const Actor caller_{"unix:1001"};
  Deliveries deliveries_{100, [this] { folds_.Soon(); }};
  CoreStack stack_;
  const GrantId grant_ = stack_.Consented().id;
  DeliveryFolds folds_{stack_.journal,
                       deliveries_,
                       stack_.executor,
                       stack_.clock,
                       {absl::Minutes(1), absl::Hours(24)}};
};

TEST_F(DeliveryFoldsTest, WhatWasCountedIsFoldedAtIntervals) {
  Deliver(2);
  Pass(absl::Seconds(59));
  EXPECT_THAT(Folded(), IsEmpty());
  Pass(absl::Seconds(1));
  EXPECT_THAT(Folded(), ElementsAre(2));
  Deliver(1);
  Pass(absl::Minutes(1));
  EXPECT_THAT(Folded(), ElementsAre(3));
  EXPECT_THAT(Told(), ElementsAre("unix:1001 user client 1 2"));
}

TEST_F(DeliveryFoldsTest, WhatTheLedgerDoesNotTakeIsFoldedLater) {
  Deliver(2);
  stack_.FailNextWrite();
  Pass(absl::Minutes(1));
  EXPECT_THAT(Folded(), IsEmpty());
  Deliver(3);
  Pass(absl::Minutes(1));
  EXPECT_THAT(Folded(), ElementsAre(5));
}

TEST_F(DeliveryFoldsTest, TheLastFoldHoldsWhatWasCountedSinceTheOneBefore) {
  Deliver(2);
  Pass(absl::Minutes(1));
  Deliver(4);
  folds_.Finish();
  stack_.Settle();
  EXPECT_THAT(Folded(), ElementsAre(6));
  Deliver(1);
  Pass(absl::Minutes(5));
  EXPECT_THAT(Folded(), ElementsAre(6));
}

TEST_F(DeliveryFoldsTest, MuchIsFoldedSoon) {
  for (int i = 0; i < 100; ++i) {
    deliveries_.Note(Actor(absl::StrCat("unix:", i)), grant_,
                     stack_.clock.Now());
  }
  Deliver(1);
  Pass(absl::Seconds(1));
  EXPECT_EQ(Folded().size(), 101u);
}

TEST_F(DeliveryFoldsTest, MoreThanOneWriteTakesIsFoldedToo) {
  for (int i = 0; i < 2'500; ++i) {
    deliveries_.Note(Actor(absl::StrCat("unix:", i)), grant_,
                     stack_.clock.Now());
  }
  folds_.Finish();
  int64_t pairs = 0;
  for (int i = 0; i < 10 && pairs < 2'500; ++i) {
    stack_.Settle();
    EXPECT_TRUE(
        stack_
            .Write([&](Ledger& ledger) {
              pairs = static_cast<int64_t>(
                  ledger.deliveries().List({}, {5'000, ""})->items.size());
              return absl::OkStatus();
            })
            .ok());
  }
  EXPECT_EQ(pairs, 2'500);
}

}  // namespace
}  // namespace bursar

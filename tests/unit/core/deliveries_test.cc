#include "server/core/deliveries.h"

#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/counted_source.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const Actor kShopCaller("unix:1001");
const Actor kDeskCaller("dns:desk.example.org");
const absl::Time kNoted = absl::FromUnixSeconds(1'800'000'000);

std::string DeliveryText(const Delivery& delivery) {
  return absl::StrCat(delivery.caller.value(), " ", delivery.grant.value(), " ",
                      delivery.count);
}

std::vector<std::string> DeliveryTexts(const std::vector<Delivery>& taken) {
  std::vector<std::string> texts;
  for (const Delivery& delivery : taken)
    texts.push_back(DeliveryText(delivery));
  return texts;
}

TEST(DeliveriesTest, EveryPairOfCallerAndGrantIsCountedByItself) {
  Deliveries deliveries(100);
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted);
  deliveries.Note(kShopCaller, GrantId("g2"), kNoted);
  deliveries.Note(kDeskCaller, GrantId("g1"), kNoted);
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted);
  EXPECT_THAT(DeliveryTexts(deliveries.Take()),
              UnorderedElementsAre("unix:1001 g1 2", "unix:1001 g2 1",
                                   "dns:desk.example.org g1 1"));
}

TEST(DeliveriesTest, ATakeHoldsWhatCameSinceTheLastOne) {
  Deliveries deliveries(100);
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted);
  deliveries.Take();
  EXPECT_THAT(deliveries.Take(), IsEmpty());
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted + absl::Seconds(5));
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted + absl::Seconds(9));
  const std::vector<Delivery> taken = deliveries.Take();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].count, 2);
  EXPECT_EQ(taken[0].first, kNoted + absl::Seconds(5));
  EXPECT_EQ(taken[0].last, kNoted + absl::Seconds(9));
}

TEST(DeliveriesTest, WhatIsPutBackIsTakenAgainWithWhatCameMeanwhile) {
  Deliveries deliveries(100);
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted);
  const std::vector<Delivery> taken = deliveries.Take();
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted + absl::Seconds(5));
  deliveries.PutBack(taken);
  const std::vector<Delivery> again = deliveries.Take();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].count, 2);
  EXPECT_EQ(again[0].first, kNoted);
  EXPECT_EQ(again[0].last, kNoted + absl::Seconds(5));
}

TEST(DeliveriesTest, TheCallersOfAGrantStayKnownAfterATake) {
  Deliveries deliveries(100);
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted);
  deliveries.Note(kDeskCaller, GrantId("g1"), kNoted);
  deliveries.Note(kDeskCaller, GrantId("g2"), kNoted);
  deliveries.Take();
  EXPECT_THAT(deliveries.CallersOf(GrantId("g1")),
              UnorderedElementsAre(kShopCaller, kDeskCaller));
  EXPECT_THAT(deliveries.CallersOf(GrantId("none")), IsEmpty());
}

TEST(DeliveriesTest, PastTheCapacityAFoldIsAskedForAndIdlePairsGo) {
  int asked = 0;
  Deliveries deliveries(2, [&asked] { ++asked; });
  deliveries.Note(kShopCaller, GrantId("g1"), kNoted);
  deliveries.Note(kShopCaller, GrantId("g2"), kNoted);
  deliveries.Take();
  EXPECT_EQ(asked, 0);
  deliveries.Note(kShopCaller, GrantId("g3"), kNoted);
  deliveries.Note(kShopCaller, GrantId("g2"), kNoted);
  EXPECT_EQ(asked, 1);
  EXPECT_THAT(DeliveryTexts(deliveries.Take()),
              UnorderedElementsAre("unix:1001 g2 1", "unix:1001 g3 1"));
  EXPECT_THAT(deliveries.CallersOf(GrantId("g1")), IsEmpty());
  EXPECT_THAT(deliveries.CallersOf(GrantId("g2")), ElementsAre(kShopCaller));
  deliveries.Note(kShopCaller, GrantId("g2"), kNoted);
  EXPECT_EQ(asked, 1);
}

TEST(DeliveriesTest, NoCountIsLostBetweenNotesAndTakes) {
  constexpr int kThreads = 4;
  constexpr int kNotes = 5'000;
  Deliveries deliveries(8);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&deliveries] {
      for (int i = 0; i < kNotes; ++i) {
        deliveries.Note(kShopCaller, GrantId(absl::StrCat("g", i % 20)),
                        kNoted);
      }
    });
  }
  int64_t counted = 0;
  const auto count = [&] {
    for (const Delivery& delivery : deliveries.Take()) {
      counted += delivery.count;
    }
  };
  for (int i = 0; i < 100; ++i) count();
  for (std::thread& thread : threads) thread.join();
  count();
  EXPECT_EQ(counted, kThreads * kNotes);
}

// Answers with a token of g1, or as it is told.
class SourceOfOne final : public TokenSource {
 public:
  void Get(const TokenRequest&, absl::Time, Done done) override {
    if (!refusal_.ok()) return done(refusal_);
    auto token = std::make_shared<IssuedToken>();
    token->grant = GrantId("g1");
    done(token);
  }

  absl::Status refusal_;
};

TEST(DeliveriesTest, OnlyATokenThatIsHandedOutCounts) {
  Deliveries deliveries(100);
  SourceOfOne source;
  CountedSource counted(source, deliveries);
  TokenRequest request;
  request.actor = kShopCaller;
  bool was_counted_before = false;
  counted.Get(request, kNoted, [&](const TokenSource::Answer& answer) {
    was_counted_before =
        answer.ok() && !deliveries.CallersOf(GrantId("g1")).empty();
  });
  EXPECT_TRUE(was_counted_before);
  source.refusal_ = absl::NotFoundError("no");
  counted.Get(request, kNoted, [](const TokenSource::Answer&) {});
  EXPECT_THAT(DeliveryTexts(deliveries.Take()), ElementsAre("unix:1001 g1 1"));
}

}  // namespace
}  // namespace bursar

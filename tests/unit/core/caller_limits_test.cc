#include "server/core/caller_limits.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

const Actor kShop("dns:shop.example");
const Actor kBatch("dns:batch.example");

CallerLimit TenASecond() {
  CallerLimit limit;
  limit.calls_per_second = 10;
  limit.burst = 5;
  limit.in_flight = 100;
  limit.refreshes_per_minute = 6;
  return limit;
}

class CallerLimitsTest : public testing::Test {
 protected:
  bool Admits(const Actor& actor, const CallerLimit& limit = TenASecond()) {
    return limits_.Admit(actor, limit, now_).ok();
  }
  int AdmitsInARow(const Actor& actor) {
    int count = 0;
    while (count < 1000 && Admits(actor)) ++count;
    return count;
  }

  CallerLimits limits_{1000};
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(CallerLimitsTest, ABurstIsLetInAndNoMore) {
  EXPECT_EQ(AdmitsInARow(kShop), 5);
}

TEST_F(CallerLimitsTest, RoomGrowsWithTime) {
  AdmitsInARow(kShop);
  now_ += absl::Milliseconds(100);
  EXPECT_EQ(AdmitsInARow(kShop), 1);
  now_ += absl::Milliseconds(300);
  EXPECT_EQ(AdmitsInARow(kShop), 3);
}

TEST_F(CallerLimitsTest, RoomGrowsNoFurtherThanTheBurst) {
  AdmitsInARow(kShop);
  now_ += absl::Hours(1);
  EXPECT_EQ(AdmitsInARow(kShop), 5);
}

TEST_F(CallerLimitsTest, OneCallerSpendsNothingOfAnothers) {
  AdmitsInARow(kShop);
  EXPECT_EQ(AdmitsInARow(kBatch), 5);
}

TEST_F(CallerLimitsTest, ARefusalSaysWhenToComeAgain) {
  AdmitsInARow(kShop);
  const absl::Status status = limits_.Admit(kShop, TenASecond(), now_).status();
  const auto refusal = RefusalOf(status);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason, Reason::kCallerThrottled);
  EXPECT_EQ(refusal->retry_after, absl::Milliseconds(100));
  now_ += *refusal->retry_after;
  EXPECT_TRUE(Admits(kShop));
}

TEST_F(CallerLimitsTest, AClockThatIsSetBackLocksNobodyOut) {
  AdmitsInARow(kShop);
  now_ -= absl::Hours(1);
  EXPECT_FALSE(Admits(kShop));
  now_ += absl::Milliseconds(100);
  EXPECT_TRUE(Admits(kShop));
}

TEST_F(CallerLimitsTest, CallsUnderWayAreBounded) {
  CallerLimit limit = TenASecond();
  limit.in_flight = 2;
  auto first = limits_.Admit(kShop, limit, now_);
  auto second = limits_.Admit(kShop, limit, now_);
  ASSERT_TRUE(first.ok() && second.ok());
  const absl::Status third = limits_.Admit(kShop, limit, now_).status();
  const auto refusal = RefusalOf(third);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason, Reason::kCallerThrottled);
  EXPECT_TRUE(refusal->retry_after.has_value());
  EXPECT_TRUE(Admits(kBatch, limit));
  { const CallerLimits::Pass ends = *std::move(first); }
  EXPECT_TRUE(Admits(kShop, limit));
}

TEST_F(CallerLimitsTest, RefreshesAreCountedApart) {
  const CallerLimit limit = TenASecond();
  int count = 0;
  while (limits_.CountRefresh(kShop, limit, now_).ok()) ++count;
  EXPECT_EQ(count, 6);
  EXPECT_TRUE(Admits(kShop));
  EXPECT_TRUE(limits_.CountRefresh(kBatch, limit, now_).ok());
  const auto refusal = RefusalOf(limits_.CountRefresh(kShop, limit, now_));
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason, Reason::kCallerThrottled);
  EXPECT_EQ(refusal->retry_after, absl::Seconds(10));
}

TEST_F(CallerLimitsTest, ManyCallersAreForgottenWhenTheyRest) {
  CallerLimits few(16);
  for (int i = 0; i < 10'000; ++i) {
    now_ += absl::Seconds(1);
    const Actor actor(absl::StrCat("api-key:", i));
    EXPECT_TRUE(few.Admit(actor, TenASecond(), now_).ok()) << i;
  }
}

TEST_F(CallerLimitsTest, CallersBeyondTheBoundShareOneCount) {
  CallerLimits few(16);
  std::vector<CallerLimits::Pass> passes;
  int admitted = 0;
  for (int i = 0; i < 1000; ++i) {
    auto pass =
        few.Admit(Actor(absl::StrCat("api-key:", i)), TenASecond(), now_);
    if (!pass.ok()) continue;
    ++admitted;
    passes.push_back(*std::move(pass));
  }
  // Sixteen of their own, and one burst for all others.
  EXPECT_EQ(admitted, 16 + 5);
}

}  // namespace
}  // namespace bursar

#include "server/base/log_budget.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

constexpr absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

// Things that differ, each new.
class Things {
 public:
  std::string Next() { return absl::StrCat("thing ", ++last_); }

 private:
  int last_ = 0;
};

// How many lines about new things there is room for at `now`.
int Room(LogBudget& budget, Things& things, absl::Time now) {
  int lines = 0;
  while (budget.Take(things.Next(), now)) ++lines;
  return lines;
}

TEST(LogBudgetTest, TheFirstLinesAboutAThingAreWritten) {
  LogBudget budget;
  for (int line = 0; line < LogBudget::kOfOneThing; ++line) {
    EXPECT_EQ(budget.Take("thing", kStart), 0);
  }
  EXPECT_EQ(budget.Take("thing", kStart), std::nullopt);
}

TEST(LogBudgetTest, WhoGoesOnAndOnLeavesRoomForOthers) {
  LogBudget budget;
  for (int line = 0; line < 1000; ++line) budget.Take("thing", kStart);
  EXPECT_NE(budget.Take("another", kStart), std::nullopt);
}

TEST(LogBudgetTest, AThingIsToldOfAgainInTheNextPeriod) {
  LogBudget budget;
  while (budget.Take("thing", kStart)) {
  }
  const absl::Time next = kStart + LogBudget::kPeriod;
  EXPECT_EQ(budget.Take("thing", next - absl::Nanoseconds(1)), std::nullopt);
  EXPECT_NE(budget.Take("thing", next), std::nullopt);
}

TEST(LogBudgetTest, AllThingsTogetherGetSoManyLinesAtOnce) {
  LogBudget budget;
  Things things;
  EXPECT_EQ(Room(budget, things, kStart), LogBudget::kAtOnce);
}

TEST(LogBudgetTest, AfterThatRoomComesBackLineByLine) {
  LogBudget budget;
  Things things;
  Room(budget, things, kStart);
  EXPECT_EQ(Room(budget, things, kStart + LogBudget::kOneMoreEach), 1);
  EXPECT_EQ(Room(budget, things, kStart + 4 * LogBudget::kOneMoreEach), 3);
}

TEST(LogBudgetTest, NoRoomIsSavedUpBeyondWhatThereIsAtOnce) {
  LogBudget budget;
  Things things;
  Room(budget, things, kStart);
  EXPECT_EQ(Room(budget, things, kStart + absl::Hours(1)), LogBudget::kAtOnce);
}

TEST(LogBudgetTest, TheNextLineSaysHowManyWereLeftOut) {
  LogBudget budget;
  Things things;
  Room(budget, things, kStart);  // Which leaves out its last.
  budget.Take("thing", kStart);
  budget.Take("thing", kStart);
  const absl::Time later = kStart + absl::Hours(1);
  EXPECT_EQ(budget.Take("thing", later), 3);
  EXPECT_EQ(budget.Take("thing", later), 0);
}

TEST(LogBudgetTest, AClockThatIsSetBackSilencesNothing) {
  LogBudget budget;
  Things things;
  Room(budget, things, kStart);
  EXPECT_EQ(Room(budget, things, kStart - absl::Hours(24)), 0);
  EXPECT_EQ(Room(budget, things, kStart - absl::Hours(23)), LogBudget::kAtOnce);
}

}  // namespace
}  // namespace bursar

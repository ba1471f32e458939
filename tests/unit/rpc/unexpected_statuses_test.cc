#include "server/rpc/unexpected_statuses.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/rpc/status.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr absl::Time kFirst = absl::FromUnixSeconds(1'700'000'000);

// What `act` has the log say.
template <typename Act>
std::vector<std::string> LinesOf(Act act) {
  ::testing::internal::CaptureStderr();
  act();
  return absl::StrSplit(::testing::internal::GetCapturedStderr(), '\n',
                        absl::SkipEmpty());
}

TEST(UnexpectedStatusesTest, TheLogSaysWhatTheCallerIsNotTold) {
  UnexpectedStatuses unexpected;
  const auto lines =
      LinesOf([&] { unexpected.Tell(absl::NotFoundError("row 17"), kFirst); });
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr("error rpc.unexpected code=NOT_FOUND "
                                  "message=\"row 17\" left_out=0"));
}

TEST(UnexpectedStatusesTest, OneThatComesOverAndOverIsAFewLines) {
  UnexpectedStatuses unexpected;
  EXPECT_THAT(LinesOf([&] {
                for (int call = 0; call < 10'000; ++call) {
                  unexpected.Tell(absl::InternalError("broken"), kFirst);
                }
              }),
              SizeIs(LogBudget::kOfOneThing));
}

TEST(UnexpectedStatusesTest, ManyThatDifferAreAFewLinesASecond) {
  UnexpectedStatuses unexpected;
  // Of ten seconds.
  EXPECT_THAT(LinesOf([&] {
                for (int call = 0; call < 10'000; ++call) {
                  unexpected.Tell(
                      absl::InternalError(absl::StrCat("row ", call)),
                      kFirst + call * absl::Milliseconds(1));
                }
              }),
              SizeIs(LogBudget::kAtOnce +
                     absl::Seconds(9.9) / LogBudget::kOneMoreEach));
}

TEST(UnexpectedStatusesTest, AnotherOneIsToldAndHowManyWereLeftOut) {
  UnexpectedStatuses unexpected;
  const auto lines = LinesOf([&] {
    for (int call = 0; call < 100; ++call) {
      unexpected.Tell(absl::InternalError("broken"), kFirst);
    }
    unexpected.Tell(absl::InternalError("worse"), kFirst);
  });
  EXPECT_THAT(lines.back(),
              HasSubstr(absl::StrCat("message=worse left_out=",
                                     100 - LogBudget::kOfOneThing)));
}

// However many calls end so, and whatever the minute.
TEST(UnexpectedStatusesTest, WhatGoesOverTheWireIsBoundedInTheLog) {
  EXPECT_LT(LinesOf([] {
              for (int call = 0; call < 10'000; ++call) {
                ToGrpc(absl::DataLossError("the same"));
              }
            }).size(),
            1'000);
}

}  // namespace
}  // namespace bursar

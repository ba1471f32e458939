#include "server/core/retention.h"

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

class RetentionTest : public testing::Test {
 protected:
  // What the ledger still tells reaches a retention that is there.
  ~RetentionTest() override { stack_.ledger.Close(); }

  void Append(const std::string& kind, int count = 1) {
    ASSERT_TRUE(stack_
                    .Write([&](Ledger& ledger) {
                      for (int i = 0; i < count; ++i) {
                        Event event;
                        event.time = stack_.clock.Now();
                        event.kind = kind;
                        const auto status = ledger.events().Append(event);
                        if (!status.ok()) return status;
                      }
                      return absl::OkStatus();
                    })
                    .ok());
  }

  /// What is left, as "KIND OUTCOME".
  std::vector<std::string> Left() {
    std::vector<std::string> left;
    for (const Event& event : stack_.Events()) {
      left.push_back(absl::StrCat(event.kind, " ", event.outcome));
    }
    return left;
  }

  void Pass(absl::Duration duration) {
    stack_.Settle();
    stack_.clock.Advance(duration);
    stack_.executor.Advance(duration);
    stack_.Settle();
  }

  CoreStack stack_;
  Retention retention_{stack_.journal, stack_.executor, stack_.clock,
                       absl::Hours(240)};
};

TEST_F(RetentionTest, WhatIsTooOldGoesAndAnEventTellsOfIt) {
  Append("old", 3);
  stack_.clock.Advance(absl::Hours(239));
  Append("young");
  retention_.Pump();
  Pass(absl::Minutes(59));
  EXPECT_THAT(Left(), ElementsAre("old ", "old ", "old ", "young "));
  Pass(absl::Minutes(2));
  EXPECT_THAT(Left(), ElementsAre("young ", "events.removed 1-3"));
}

TEST_F(RetentionTest, AllThatIsTooOldGoesAFewThousandAtATime) {
  for (int i = 0; i < 5; ++i) Append("old", 1'500);
  stack_.clock.Advance(absl::Hours(241));
  Append("young");
  retention_.Pump();
  for (int i = 0; i < 10; ++i) Pass(absl::ZeroDuration());
  EXPECT_THAT(
      Left(),
      ElementsAre("young ", "events.removed 1-1500", "events.removed 1501-3000",
                  "events.removed 3001-4500", "events.removed 4501-6000",
                  "events.removed 6001-7500"));
}

}  // namespace
}  // namespace bursar

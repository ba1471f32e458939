#include "server/base/clock.h"

#include <chrono>

#include "gtest/gtest.h"

namespace bursar {
namespace {

TEST(SystemClockTest, IsTheMachinesClock) {
  const SystemClock clock;
  const absl::Time before = absl::FromChrono(std::chrono::system_clock::now());
  const absl::Time now = clock.Now();
  const absl::Time after = absl::FromChrono(std::chrono::system_clock::now());
  // Both round in their own way.
  EXPECT_GE(now, before - absl::Milliseconds(1));
  EXPECT_LE(now, after + absl::Milliseconds(1));
}

// A token served from memory differed from the same one read from the ledger.
TEST(SystemClockTest, TellsNoFinerTimeThanTheLedgerKeeps) {
  const absl::Time now = SystemClock().Now();
  EXPECT_EQ(now, absl::FromUnixMicros(absl::ToUnixMicros(now)));
}

}  // namespace
}  // namespace bursar

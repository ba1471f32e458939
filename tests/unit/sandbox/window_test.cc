#include "sandbox/window.h"

#include <gtest/gtest.h>

namespace bursar::sandbox {
namespace {

constexpr absl::Time kWindowStart = absl::UnixEpoch();

TEST(WindowTest, IsFullAtItsLimitAndNotBefore) {
  const WindowLimit limit{2, absl::Minutes(10), false};
  Window window;
  window.Count(limit, kWindowStart);
  EXPECT_FALSE(window.Full(limit, kWindowStart));
  window.Count(limit, kWindowStart);
  EXPECT_TRUE(window.Full(limit, kWindowStart));
}

TEST(WindowTest, AFixedWindowOpensAllAtOnce) {
  const WindowLimit limit{2, absl::Minutes(10), false};
  Window window;
  window.Count(limit, kWindowStart);
  window.Count(limit, kWindowStart + absl::Minutes(9));
  EXPECT_TRUE(window.Full(
      limit, kWindowStart + absl::Minutes(10) - absl::Nanoseconds(1)));
  EXPECT_FALSE(window.Full(limit, kWindowStart + absl::Minutes(10)));
  window.Count(limit, kWindowStart + absl::Minutes(10));
  EXPECT_FALSE(window.Full(limit, kWindowStart + absl::Minutes(10)));
}

TEST(WindowTest, ASlidingWindowFreesOnePlaceAtATime) {
  const WindowLimit limit{2, absl::Minutes(10), true};
  Window window;
  window.Count(limit, kWindowStart);
  window.Count(limit, kWindowStart + absl::Minutes(9));
  EXPECT_FALSE(window.Full(limit, kWindowStart + absl::Minutes(10)));
  window.Count(limit, kWindowStart + absl::Minutes(10));
  EXPECT_TRUE(window.Full(limit, kWindowStart + absl::Minutes(10)));
}

TEST(WindowTest, ACountOfZeroIsNoLimit) {
  const WindowLimit limit{0, absl::Minutes(10), false};
  Window window;
  for (int i = 0; i < 1000; ++i) window.Count(limit, kWindowStart);
  EXPECT_FALSE(window.Full(limit, kWindowStart));
}

}  // namespace
}  // namespace bursar::sandbox

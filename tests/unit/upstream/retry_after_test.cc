#include "server/upstream/retry_after.h"

#include <gtest/gtest.h>

#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

constexpr absl::Duration kMinute = absl::Minutes(1);

TEST(RetryAfter, ReadsSeconds) {
  EXPECT_EQ(ParseRetryAfter("60", kNow), kMinute);
  EXPECT_EQ(ParseRetryAfter(" 60 ", kNow), kMinute);
  EXPECT_EQ(ParseRetryAfter("0", kNow), absl::ZeroDuration());
}

TEST(RetryAfter, ReadsAllThreeFormsOfADate) {
  const absl::Time now = absl::FromUnixSeconds(784'111'717);
  EXPECT_EQ(ParseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", now), kMinute);
  EXPECT_EQ(ParseRetryAfter("Sunday, 06-Nov-94 08:49:37 GMT", now), kMinute);
  EXPECT_EQ(ParseRetryAfter("Sun Nov  6 08:49:37 1994", now), kMinute);
}

TEST(RetryAfter, ADateInThePastIsNow) {
  EXPECT_EQ(ParseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", kNow),
            absl::ZeroDuration());
}

TEST(RetryAfter, NothingIsBelievedPastADay) {
  EXPECT_EQ(ParseRetryAfter("86401", kNow), absl::Hours(24));
  EXPECT_EQ(ParseRetryAfter("99999999999999999999999", kNow), absl::Hours(24));
  EXPECT_EQ(ParseRetryAfter("Sun, 06 Nov 2094 08:49:37 GMT", kNow),
            absl::Hours(24));
}

TEST(RetryAfter, AnythingElseSaysNothing) {
  for (const char* value : {"", "soon", "-1", "1.5", "60s", "0x10", "1 2"}) {
    EXPECT_EQ(ParseRetryAfter(value, kNow), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace bursar

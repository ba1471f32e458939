#include "client/retry_policy.h"

#include <gtest/gtest.h>

#include "client/status.h"
#include "tests/unit/client/scripted_broker.h"

namespace bursar::client {
namespace {

constexpr absl::Duration kLong = absl::Hours(1);
const absl::Status kUnavailable = absl::UnavailableError("down");

TEST(RetryPolicyTest, BacksOffExponentiallyUpToItsMaximum) {
  const RetryPolicy policy{absl::Seconds(1), absl::Seconds(3), 2};
  EXPECT_EQ(NextAttempt(policy, kUnavailable, 1, kLong, 1), absl::Seconds(1));
  EXPECT_EQ(NextAttempt(policy, kUnavailable, 2, kLong, 1), absl::Seconds(2));
  EXPECT_EQ(NextAttempt(policy, kUnavailable, 3, kLong, 1), absl::Seconds(3));
  EXPECT_EQ(NextAttempt(policy, kUnavailable, 5000, kLong, 1),
            absl::Seconds(3));
}

TEST(RetryPolicyTest, TakesUpToHalfOfAWaitAway) {
  const RetryPolicy policy{absl::Seconds(1), absl::Seconds(3), 2};
  EXPECT_EQ(NextAttempt(policy, kUnavailable, 1, kLong, 0),
            absl::Milliseconds(500));
}

TEST(RetryPolicyTest, NeverComesBackBeforeTheBrokerSaid) {
  const absl::Status status =
      ToStatus(Refusal(grpc::StatusCode::UNAVAILABLE, v1::PROVIDER_ERROR, {},
                       absl::Seconds(30)));
  EXPECT_EQ(NextAttempt({}, status, 1, kLong, 1), absl::Seconds(30));
}

TEST(RetryPolicyTest, GivesUpWhenTheWaitWouldOutlastTheDeadline) {
  const RetryPolicy policy{absl::Seconds(1), absl::Seconds(3), 2};
  EXPECT_EQ(NextAttempt(policy, kUnavailable, 1, absl::Seconds(1), 1),
            std::nullopt);
}

TEST(RetryPolicyTest, RepeatsUnavailableAlone) {
  EXPECT_EQ(NextAttempt({}, absl::ResourceExhaustedError(""), 1, kLong, 1),
            std::nullopt);
  EXPECT_EQ(NextAttempt({}, absl::DeadlineExceededError(""), 1, kLong, 1),
            std::nullopt);
}

}  // namespace
}  // namespace bursar::client

// Whether and when a failed call is worth repeating. Pure; thread-safe.

#ifndef BURSAR_CLIENT_RETRY_POLICY_H_
#define BURSAR_CLIENT_RETRY_POLICY_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace bursar::client {

/// Exponential backoff with jitter.
struct RetryPolicy {
  /// Before the second attempt; each later wait is `multiplier` times as long.
  absl::Duration initial_backoff = absl::Milliseconds(100);
  absl::Duration max_backoff = absl::Seconds(2);
  double multiplier = 2;
};

/// How long to wait after `attempts` failed. `random` is between 0 and 1.
absl::Duration Backoff(const RetryPolicy& policy, int attempts, double random);

/// How long to wait before the next attempt, after `attempts` failed, the last
/// with `status`; nullopt if it is final: the code is not UNAVAILABLE, or the
/// wait would outlast `remaining`, the time to the deadline. Never less than
/// the broker asked for. `random` is between 0 and 1.
std::optional<absl::Duration> NextAttempt(const RetryPolicy& policy,
                                          const absl::Status& status,
                                          int attempts,
                                          absl::Duration remaining,
                                          double random);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_RETRY_POLICY_H_

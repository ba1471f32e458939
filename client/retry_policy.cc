#include "client/retry_policy.h"

#include <algorithm>
#include <cmath>

#include "client/errors.h"

namespace bursar::client {

absl::Duration Backoff(const RetryPolicy& policy, int attempts, double random) {
  const absl::Duration backoff = std::min(
      policy.max_backoff,
      policy.initial_backoff * std::pow(policy.multiplier, attempts - 1));
  // Half of it at least, so that a broker that just came up is not met by all
  // its callers at once, nor by one of them at once again.
  return backoff * (0.5 + random / 2);
}

std::optional<absl::Duration> NextAttempt(const RetryPolicy& policy,
                                          const absl::Status& status,
                                          int attempts,
                                          absl::Duration remaining,
                                          double random) {
  if (!absl::IsUnavailable(status)) return std::nullopt;
  absl::Duration delay = Backoff(policy, attempts, random);
  delay = std::max(delay, RetryDelay(status).value_or(absl::ZeroDuration()));
  if (delay >= remaining) return std::nullopt;
  return delay;
}

}  // namespace bursar::client

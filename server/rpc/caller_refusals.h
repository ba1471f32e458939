// What becomes known of callers who are refused: all are counted, and the log
// says why, of many only of some. Owned by the broker's stack. Thread-safe.

#ifndef BURSAR_SERVER_RPC_CALLER_REFUSALS_H_
#define BURSAR_SERVER_RPC_CALLER_REFUSALS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/base/log_budget.h"

namespace bursar {

/// The one answer to every caller who is not known, whatever was wrong.
absl::Status CredentialsInvalid();

/// What a refused caller showed.
enum class ShownCredential { kNone, kCertificate, kBearer };

class CallerRefusals {
 public:
  /// CredentialsInvalid(), once the refusal is counted and logged. `peer` is
  /// gRPC's text of who connected, `why` words for the log that repeat nothing
  /// secret.
  absl::Status Refuse(absl::string_view peer, ShownCredential shown,
                      absl::string_view why, absl::Time now);

  /// How many of those who showed `shown` were refused.
  int64_t CountOf(ShownCredential shown) const {
    return counts_[static_cast<std::size_t>(shown)].load();
  }

 private:
  std::array<std::atomic<int64_t>, 3> counts_{};
  LogBudget budget_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CALLER_REFUSALS_H_

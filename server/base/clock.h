// Where the time comes from. Decisions take `now`; only loops and the edges of
// the process (RPC, web, an answer that arrived) hold a Clock. Thread-safe.

#ifndef BURSAR_SERVER_BASE_CLOCK_H_
#define BURSAR_SERVER_BASE_CLOCK_H_

#include "absl/time/time.h"

namespace bursar {

class Clock {
 public:
  virtual ~Clock() = default;

  /// In whole microseconds, which is what the ledger keeps: a time read back
  /// equals the one that was stored.
  virtual absl::Time Now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_CLOCK_H_

// A clock that moves when the test says so. Thread-safe.

#ifndef BURSAR_TESTS_FAKES_MANUAL_CLOCK_H_
#define BURSAR_TESTS_FAKES_MANUAL_CLOCK_H_

#include <mutex>

#include "absl/time/time.h"
#include "server/base/clock.h"

namespace bursar {

class ManualClock final : public Clock {
 public:
  /// Starts at an arbitrary whole second.
  ManualClock() : now_(absl::FromUnixSeconds(1'700'000'000)) {}

  absl::Time Now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }

  void Advance(absl::Duration duration) {
    const std::lock_guard lock(mutex_);
    now_ += duration;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_MANUAL_CLOCK_H_

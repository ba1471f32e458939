// The machine's clock, put forward by as much as a file says: a test moves the
// time of a whole process from outside. Thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_UNDER_TEST_MOVABLE_CLOCK_H_
#define BURSAR_TESTS_JOURNEY_UNDER_TEST_MOVABLE_CLOCK_H_

#include <cstdint>
#include <string>

#include "server/base/clock.h"

namespace bursar {

class MovableClock final : public Clock {
 public:
  /// The file at `path` must hold the offset: eight bytes, microseconds.
  /// Ends the process if it cannot be mapped.
  explicit MovableClock(const std::string& path);
  MovableClock(const MovableClock&) = delete;
  ~MovableClock() override;

  absl::Time Now() const override;

 private:
  const SystemClock system_;
  int64_t* offset_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_JOURNEY_UNDER_TEST_MOVABLE_CLOCK_H_

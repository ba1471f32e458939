// Counts what happened lately, against a limit of so many in so long.
// Pure; not thread-safe.

#ifndef BURSAR_SANDBOX_WINDOW_H_
#define BURSAR_SANDBOX_WINDOW_H_

#include <cstdint>
#include <deque>

#include "absl/time/time.h"

namespace bursar::sandbox {

struct WindowLimit {
  /// 0: no limit.
  int64_t count = 0;
  absl::Duration length = absl::ZeroDuration();
  /// False: a window opens with the first happening after the last window, and
  /// what exceeds it is refused until it closes. True: any stretch of `length`
  /// holds at most `count`.
  bool sliding = false;
};

class Window {
 public:
  /// Whether one more at `now` would exceed `limit`.
  bool Full(const WindowLimit& limit, absl::Time now);

  /// Counts one at `now`.
  void Count(const WindowLimit& limit, absl::Time now);

 private:
  // Oldest first; only what still counts.
  std::deque<absl::Time> times_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_WINDOW_H_

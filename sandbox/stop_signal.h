// Tells every thread of the sandbox that it is to end, also those that wait for
// a socket. Thread-safe.

#ifndef BURSAR_SANDBOX_STOP_SIGNAL_H_
#define BURSAR_SANDBOX_STOP_SIGNAL_H_

#include "absl/time/time.h"

namespace bursar::sandbox {

class StopSignal {
 public:
  enum class Wakening { kReady, kStopped, kTimeout };

  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  /// For good.
  void Raise();

  /// Waits until the descriptor has one of poll(2)'s `events` (or is closed by
  /// its peer), the signal is raised, or `limit` passes.
  Wakening WaitFor(int descriptor, short events, absl::Duration limit) const;

  /// Waits until `limit` has passed or the signal is raised.
  void Sleep(absl::Duration limit) const;

 private:
  const int event_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_STOP_SIGNAL_H_

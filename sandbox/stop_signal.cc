#include "sandbox/stop_signal.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace bursar::sandbox {

StopSignal::StopSignal() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

StopSignal::~StopSignal() { close(event_); }

void StopSignal::Raise() {
  const uint64_t one = 1;
  // Fails only where the counter is full, when the signal is up anyway.
  [[maybe_unused]] const auto written = write(event_, &one, sizeof(one));
}

StopSignal::Wakening StopSignal::WaitFor(int descriptor, short events,
                                         absl::Duration limit) const {
  std::array<pollfd, 2> watched = {
      pollfd{event_, POLLIN, 0},
      // A negative descriptor is one that poll passes over.
      pollfd{descriptor, events, 0},
  };
  const int64_t milliseconds =
      std::clamp<int64_t>(absl::ToInt64Milliseconds(limit), 0, 1 << 30);
  const int ready =
      poll(watched.data(), watched.size(), static_cast<int>(milliseconds));
  if (watched[0].revents != 0) return Wakening::kStopped;
  if (ready > 0) return Wakening::kReady;
  return Wakening::kTimeout;
}

void StopSignal::Sleep(absl::Duration limit) const { WaitFor(-1, 0, limit); }

}  // namespace bursar::sandbox

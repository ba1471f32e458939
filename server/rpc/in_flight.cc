#include "server/rpc/in_flight.h"

namespace bursar {

bool InFlight::Drain(absl::Duration timeout) {
  Close();
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, absl::ToChronoNanoseconds(timeout),
                         [this] { return count_.load() == 0; });
}

void InFlight::EndOne() {
  // Sequentially consistent: either the drain sees the count at zero, or this
  // sees the drain.
  const bool last = count_.fetch_sub(1) == 1;
  if (!last || !draining_.load()) return;
  const std::lock_guard lock(mutex_);
  ended_.notify_all();
}

}  // namespace bursar

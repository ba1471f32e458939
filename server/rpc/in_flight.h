// Counts the calls that are being answered, so that a server takes no more than
// it has room for, and can go down when the last one is. Thread-safe; outlives
// its tickets.

#ifndef BURSAR_SERVER_RPC_IN_FLIGHT_H_
#define BURSAR_SERVER_RPC_IN_FLIGHT_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "absl/time/time.h"

namespace bursar {

class InFlight {
 public:
  struct End {
    void operator()(InFlight* calls) const { calls->EndOne(); }
  };
  /// One call that is being answered; its end when it goes.
  using Ticket = std::unique_ptr<InFlight, End>;

  /// `most`: how many may be answered at once.
  explicit InFlight(int64_t most) : most_(most) {}

  Ticket Begin() {
    count_.fetch_add(1);
    return Ticket(this);
  }

  /// Whether more are being answered than may be.
  bool overloaded() const {
    return count_.load(std::memory_order_relaxed) > most_;
  }

  bool draining() const { return draining_.load(std::memory_order_relaxed); }

  /// From now on draining() is true.
  void Close() { draining_.store(true); }

  /// Closes, and waits for the last call's end, `timeout`
  /// at most; whether it came.
  bool Drain(absl::Duration timeout);

 private:
  void EndOne();

  const int64_t most_;
  std::atomic<int64_t> count_{0};
  std::atomic<bool> draining_{false};
  std::mutex mutex_;
  std::condition_variable ended_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_IN_FLIGHT_H_

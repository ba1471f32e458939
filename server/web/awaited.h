// A value that another thread tells once, and one thread waits for. Shared by
// both; thread-safe.

#ifndef BURSAR_SERVER_WEB_AWAITED_H_
#define BURSAR_SERVER_WEB_AWAITED_H_

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/time/time.h"

namespace bursar {

template <typename T>
class Awaited {
 public:
  void Tell(T value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
    told_.notify_one();
  }

  /// The value, or nothing if it is not told within `timeout`.
  std::optional<T> Wait(absl::Duration timeout) {
    std::unique_lock lock(mutex_);
    told_.wait_for(lock, absl::ToChronoNanoseconds(timeout),
                   [this] { return value_.has_value(); });
    return std::exchange(value_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  std::optional<T> value_;  // Guarded by mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_AWAITED_H_

// Calls once at the earliest of the times that were asked for, and then can be
// asked again. Thread-safe. Borrows executor and clock; the executor must run
// nothing once this object is gone.

#ifndef BURSAR_SERVER_CORE_WAKE_UP_H_
#define BURSAR_SERVER_CORE_WAKE_UP_H_

#include <functional>
#include <mutex>
#include <utility>

#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"

namespace bursar {

class WakeUp {
 public:
  WakeUp(Executor& executor, const Clock& clock, std::function<void()> call)
      : executor_(executor), clock_(clock), call_(std::move(call)) {}
  WakeUp(const WakeUp&) = delete;

  void At(absl::Time at) {
    {
      const std::lock_guard lock(mutex_);
      if (at >= next_) return;
      next_ = at;
    }
    executor_.After(at - clock_.Now(), [this, at] {
      {
        const std::lock_guard lock(mutex_);
        if (next_ == at) next_ = absl::InfiniteFuture();
      }
      call_();
    });
  }

 private:
  Executor& executor_;
  const Clock& clock_;
  const std::function<void()> call_;
  std::mutex mutex_;
  absl::Time next_ = absl::InfiniteFuture();  // Guarded by mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_WAKE_UP_H_

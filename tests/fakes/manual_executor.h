// An executor whose tasks run when the test lets time pass, on the test's own
// thread. Tasks may be handed in from any thread.

#ifndef BURSAR_TESTS_FAKES_MANUAL_EXECUTOR_H_
#define BURSAR_TESTS_FAKES_MANUAL_EXECUTOR_H_

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "server/base/executor.h"

namespace bursar {

class ManualExecutor final : public Executor {
 public:
  void After(absl::Duration delay, Task task) override {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(elapsed_ + delay, std::move(task));
    changed_.notify_all();
  }

  /// Runs what falls due within `duration`, in order.
  void Advance(absl::Duration duration) {
    const absl::Duration end = Elapsed() + duration;
    while (std::optional<Task> task = NextDue(end)) (*task)();
    const std::lock_guard lock(mutex_);
    elapsed_ = end;
  }

  /// Waits until a task is waiting; false if none came within ten seconds.
  bool AwaitTask() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10),
                             [&] { return !waiting_.empty(); });
  }

 private:
  absl::Duration Elapsed() const {
    const std::lock_guard lock(mutex_);
    return elapsed_;
  }

  std::optional<Task> NextDue(absl::Duration end) {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty() || waiting_.begin()->first > end) return std::nullopt;
    elapsed_ = waiting_.begin()->first;
    Task task = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    return task;
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  absl::Duration elapsed_;
  std::multimap<absl::Duration, Task> waiting_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_MANUAL_EXECUTOR_H_

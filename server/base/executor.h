// Where work goes that must not run on the caller's thread or not yet.
// Thread-safe.

#ifndef BURSAR_SERVER_BASE_EXECUTOR_H_
#define BURSAR_SERVER_BASE_EXECUTOR_H_

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace bursar {

class Executor {
 public:
  using Task = absl::AnyInvocable<void()>;

  virtual ~Executor() = default;

  /// Runs `task` no earlier than `delay` from now, never on the caller's stack.
  /// Tasks with equal times run in the order given. A task that is still
  /// waiting when the executor goes is destroyed without running.
  virtual void After(absl::Duration delay, Task task) = 0;

  /// Runs `task` soon.
  void Post(Task task) { After(absl::ZeroDuration(), std::move(task)); }
};

/// One thread of its own, made with the first task: a server may run for long
/// before anything must be put off. `After` measures with the monotonic clock.
class ThreadExecutor final : public Executor {
 public:
  /// Ends after the task that is running.
  ~ThreadExecutor() override;

  void After(absl::Duration delay, Task task) override;

 private:
  using Due = std::chrono::steady_clock::time_point;

  void Loop();

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_. A multimap keeps equal keys in the order of insertion.
  std::multimap<Due, Task> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // None before the first task.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_EXECUTOR_H_

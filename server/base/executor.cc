#include "server/base/executor.h"

#include <algorithm>

namespace bursar {

ThreadExecutor::~ThreadExecutor() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ThreadExecutor::After(absl::Duration delay, Task task) {
  // A year is as good as never, and does not overflow the clock.
  const absl::Duration bounded = std::min(delay, absl::Hours(24 * 365));
  const Due due =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(bounded);
  {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(due, std::move(task));
    if (!thread_.joinable()) thread_ = std::thread([this] { Loop(); });
  }
  changed_.notify_one();
}

void ThreadExecutor::Loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = waiting_.begin();
    const Due due = first->first;
    if (due > std::chrono::steady_clock::now()) {
      changed_.wait_until(lock, due);
      continue;
    }
    Task task = std::move(first->second);
    waiting_.erase(first);
    lock.unlock();
    std::move(task)();
    task = nullptr;  // Destroy what it captured outside the lock.
    lock.lock();
  }
}

}  // namespace bursar

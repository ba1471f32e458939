#include "server/web/browser_threads.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace bursar {
namespace {

// How long a thread waits for another browser before it goes.
constexpr std::chrono::seconds kPatience(5);

void JoinAll(std::vector<std::thread> threads) {
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

void BrowserThreads::enqueue(std::function<void()> task) {
  std::vector<std::thread> ended;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(task));
    ended = std::exchange(ended_, {});
    if (idle_ < waiting_.size() && threads_.size() < most_) {
      threads_.emplace_back([this] { Work(); });
    }
  }
  changed_.notify_one();
  JoinAll(std::move(ended));
}

void BrowserThreads::shutdown() {
  std::vector<std::thread> all;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    all = std::exchange(threads_, {});
    std::move(ended_.begin(), ended_.end(), std::back_inserter(all));
    ended_.clear();
  }
  changed_.notify_all();
  JoinAll(std::move(all));
}

void BrowserThreads::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait_for(lock, kPatience,
                      [&] { return stopping_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty()) break;
    const std::function<void()> task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
  // Whoever comes next joins it; at a shutdown the one who shuts down does.
  const auto self = std::find_if(
      threads_.begin(), threads_.end(), [](const std::thread& thread) {
        return thread.get_id() == std::this_thread::get_id();
      });
  if (self == threads_.end()) return;
  ended_.push_back(std::move(*self));
  threads_.erase(self);
}

}  // namespace bursar

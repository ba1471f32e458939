#include "tests/journey/harness/steady_load.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bursar::journey {
namespace {

using SteadyClock = std::chrono::steady_clock;

}  // namespace

SteadyLoad::SteadyLoad(StartCall start, int calls_per_second)
    : start_(std::move(start)),
      calls_per_second_(calls_per_second),
      thread_([this] { Run(); }) {}

SteadyLoad::~SteadyLoad() { Stop(); }

SteadyLoad::Ends SteadyLoad::Now() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

SteadyLoad::Ends SteadyLoad::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return under_way_ == 0; });
  return ends_;
}

void SteadyLoad::Run() {
  const SteadyClock::time_point begun = SteadyClock::now();
  for (int64_t number = 0;; ++number) {
    const SteadyClock::time_point due =
        begun +
        std::chrono::microseconds(number * 1'000'000 / calls_per_second_);
    {
      std::unique_lock lock(mutex_);
      if (changed_.wait_until(lock, due, [this] { return stopping_; })) return;
      ++ends_.begun;
      ++under_way_;
    }
    Begin(number);
  }
}

void SteadyLoad::Begin(int64_t number) {
  start_(number, [this](const Outcome& outcome) {
    const std::lock_guard lock(mutex_);
    if (outcome.ok()) {
      ++ends_.succeeded;
    } else {
      ++ends_.refused[absl::StrCat(static_cast<int>(outcome.code), " ",
                                   outcome.message)];
    }
    // Under the lock: whoever waits may end this object at once.
    if (--under_way_ == 0) changed_.notify_all();
  });
}

}  // namespace bursar::journey

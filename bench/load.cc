#include "bench/load.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <utility>

namespace bursar::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

// One of the loop's callers: makes its next call when the last has ended.
class Caller {
 public:
  Caller(const StartCall& start, SteadyClock::time_point end)
      : start_(start), end_(end) {}

  void Next() {
    const SteadyClock::time_point begun = SteadyClock::now();
    if (begun >= end_) return finished_.set_value();
    start_([this, begun](bool ok) {
      if (!ok) {
        std::cerr << "a call failed: no figure\n";
        std::_Exit(1);
      }
      latencies_.push_back(SteadyClock::now() - begun);
      Next();
    });
  }

  /// Waits for the end; then the caller is the waiter's.
  const std::vector<SteadyClock::duration>& Finish() {
    finished_.get_future().wait();
    return latencies_;
  }

 private:
  const StartCall& start_;
  const SteadyClock::time_point end_;
  std::promise<void> finished_;
  std::vector<SteadyClock::duration> latencies_;
};

}  // namespace

LoadFigures RunLoad(const StartCall& start, int concurrency,
                    absl::Duration duration) {
  const SteadyClock::time_point begun = SteadyClock::now();
  const SteadyClock::time_point end =
      begun + absl::ToChronoNanoseconds(duration);
  std::vector<std::unique_ptr<Caller>> callers;
  callers.reserve(static_cast<std::size_t>(concurrency));
  for (int i = 0; i < concurrency; ++i) {
    callers.push_back(std::make_unique<Caller>(start, end));
  }
  for (const auto& caller : callers) caller->Next();
  std::vector<SteadyClock::duration> latencies;
  for (const auto& caller : callers) {
    const auto& its = caller->Finish();
    latencies.insert(latencies.end(), its.begin(), its.end());
  }
  const std::chrono::duration<double> taken = SteadyClock::now() - begun;
  if (latencies.empty()) return {};
  const auto at = [&](double share) {
    const auto nth = latencies.begin() +
                     static_cast<std::ptrdiff_t>(
                         share * static_cast<double>(latencies.size() - 1));
    std::nth_element(latencies.begin(), nth, latencies.end());
    return absl::FromChrono(*nth);
  };
  return {static_cast<double>(latencies.size()) / taken.count(), at(0.5),
          at(0.99)};
}

double Quantile(std::vector<double> figures, double share) {
  const auto at =
      figures.begin() + static_cast<std::ptrdiff_t>(
                            share * static_cast<double>(figures.size() - 1));
  std::nth_element(figures.begin(), at, figures.end());
  return *at;
}

}  // namespace bursar::bench

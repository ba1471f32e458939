// A thousand different grants, all expired, asked for at once at a provider
// that takes 200 ms: how long until the last has its token, and on how many
// threads.

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "bench/load.h"
#include "bench/stack.h"
#include "server/base/clock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::bench {
namespace {

constexpr int kGrants = 1000;
constexpr int kRounds = 5;
constexpr absl::Duration kProviderDelay = absl::Milliseconds(200);
// Longer than a round takes, short enough to wait for.
constexpr absl::Duration kTokenLifetime = absl::Seconds(5);

int ThreadsOf(pid_t pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(status, line);) {
    int threads = 0;
    if (absl::StartsWith(line, "Threads:") &&
        absl::SimpleAtoi(line.substr(8), &threads)) {
      return threads;
    }
  }
  return 0;
}

// Looks at the broker's threads until it goes.
class ThreadWatch {
 public:
  explicit ThreadWatch(pid_t pid)
      : watcher_([this, pid] {
          while (!stop_) most_ = std::max(most_, ThreadsOf(pid));
        }) {}

  int Most() {
    stop_ = true;
    watcher_.join();
    return most_;
  }

 private:
  std::atomic<bool> stop_ = false;
  int most_ = 0;  // The watcher's until it has joined.
  std::thread watcher_;
};

void AwaitExpiry(const std::vector<journey::Api::TokenReply>& tokens) {
  absl::Time last = absl::InfinitePast();
  for (const auto& token : tokens) {
    last = std::max(last, journey::ToTime(token.value.expire_time()));
  }
  Eventually([&] { return SystemClock().Now() > last; });
}

void Run() {
  Stack stack({kGrants, kTokenLifetime});
  std::vector<v1::GetTokenRequest> requests;
  for (int user = 0; user < kGrants; ++user) {
    requests.push_back(Stack::RequestOf(user));
    requests.back().mutable_min_ttl();  // Living will do.
  }
  AwaitExpiry(stack.broker().api().GetTokens(requests));
  std::vector<double> seconds;
  int threads = 0;
  for (int round = 0; round < kRounds; ++round) {
    stack.sandbox().Add({.call = "token.refresh",
                         .kind = "delay",
                         .times = kGrants,
                         .delay = kProviderDelay});
    const int64_t calls_before = stack.sandbox().Calls("token.refresh");
    ThreadWatch watch(stack.broker().process().pid());
    const auto begun = std::chrono::steady_clock::now();
    const auto tokens = stack.broker().api().GetTokens(requests);
    const std::chrono::duration<double> taken =
        std::chrono::steady_clock::now() - begun;
    threads = std::max(threads, watch.Most());
    for (const auto& token : tokens) {
      Require(token.ok(), "a grant got no token: " + token.outcome.message);
    }
    Require(stack.sandbox().Calls("token.refresh") - calls_before == kGrants,
            "not every grant was refreshed exactly once");
    seconds.push_back(taken.count());
    AwaitExpiry(tokens);
  }
  std::printf(
      "expired_grants seconds=%.2f slowest=%.2f grants=%d "
      "provider_delay_ms=%lld threads=%d\n",
      Quantile(seconds, 0.5), *std::max_element(seconds.begin(), seconds.end()),
      kGrants,
      static_cast<long long>(absl::ToInt64Milliseconds(kProviderDelay)),
      threads);
}

}  // namespace
}  // namespace bursar::bench

int main() {
  bursar::bench::Run();
  return 0;
}

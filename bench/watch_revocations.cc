// A thousand callers that watch for revocations, each holding the same grants:
// how long from the answer to a Revoke until the last of them has heard, and
// the middle one.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/load.h"
#include "bench/stack.h"
#include "tests/journey/harness/watchers.h"

namespace bursar::bench {
namespace {

constexpr int kWatchers = 1000;
constexpr int kRounds = 9;

// A watcher may hear before the one who revoked has its answer.
double MillisecondsAfter(std::chrono::steady_clock::time_point answered,
                         std::chrono::steady_clock::time_point heard) {
  const std::chrono::duration<double, std::milli> later = heard - answered;
  return std::max(later.count(), 0.0);
}

void Run() {
  Stack stack({.users = kRounds});
  std::vector<std::string> grants;
  for (int user = 0; user < kRounds; ++user) {
    const auto token = stack.broker().api().GetToken(Stack::RequestOf(user));
    Require(token.ok(), "a grant got no token: " + token.outcome.message);
    grants.push_back(token.value.grant());
  }
  journey::Watchers watchers(stack.broker().Target(), kWatchers, grants);
  Require(watchers.AwaitSynced(), "not every watcher began");

  std::vector<double> last;
  std::vector<double> median;
  for (const std::string& grant : grants) {
    v1::RevokeRequest revoke;
    revoke.set_grant(grant);
    Require(stack.broker().api().Revoke(revoke).ok(), "a grant lives on");
    const auto answered = std::chrono::steady_clock::now();
    Require(watchers.AwaitHeard(grant), "not every watcher heard");
    const auto heard = watchers.HeardAt(grant);
    last.push_back(MillisecondsAfter(answered, heard.back()));
    median.push_back(MillisecondsAfter(answered, heard[heard.size() / 2]));
  }
  std::printf(
      "watch_revocations last=%.1fms median=%.1fms slowest=%.1fms "
      "watchers=%d rounds=%d\n",
      Quantile(last, 0.5), Quantile(median, 0.5),
      *std::max_element(last.begin(), last.end()), kWatchers, kRounds);
}

}  // namespace
}  // namespace bursar::bench

int main() {
  bursar::bench::Run();
  return 0;
}

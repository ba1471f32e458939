// GetToken from memory, beside a bare gRPC echo of the same message sizes in
// the same run, over the same kind of socket: rounds of the one and the other
// in turn, the middle ratio of the pairs.

#include <cstdio>
#include <string>

#include "bench/echo_process.h"
#include "bench/stack.h"
#include "bench/token_and_echo.h"

namespace bursar::bench {
namespace {

void Run(const std::string& echo_server) {
  Stack stack({});
  const EchoProcess echo(echo_server);
  TokenAndEcho both({.target = stack.broker().Target()},
                    {.target = echo.target()});
  for (int round = 0; round < TokenAndEcho::kRounds; ++round) both.Measure();
  const TokenAndEcho::Figures middle = both.Middle();
  std::printf(
      "cached_get_token cores=%d ratio=%.3f spread=%.3f p99_ratio=%.2f "
      "calls_per_second=%.0f echo_calls_per_second=%.0f request_bytes=%zu "
      "response_bytes=%zu callers=%d connections=%zu\n",
      TokenAndEcho::Cores(), middle.ratio, middle.ratio_spread,
      middle.p99_ratio, middle.calls_per_second, middle.echo_calls_per_second,
      both.request_bytes(), both.response_bytes(), TokenAndEcho::kConcurrency,
      TokenAndEcho::kConnections);
}

}  // namespace
}  // namespace bursar::bench

int main(int argc, char** argv) {
  bursar::bench::Require(argc == 2, "usage: cached_get_token ECHO_SERVER");
  bursar::bench::Run(argv[1]);
  return 0;
}

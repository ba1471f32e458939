// What mutual TLS costs GetToken from memory beyond what it costs any call: the
// ratio to the echo over mutual TLS on both sides beside the ratio in clear
// text, all four in turn in one run.

#include <cstdio>
#include <string>

#include "bench/echo_process.h"
#include "bench/mutual_tls.h"
#include "bench/stack.h"
#include "bench/token_and_echo.h"

namespace bursar::bench {
namespace {

void Run(const std::string& echo_server) {
  const MutualTls tls;
  Stack stack({.mutual_tls = &tls});
  const EchoProcess clear_echo(echo_server);
  const EchoProcess tls_echo(echo_server, &tls);
  TokenAndEcho clear({.target = stack.broker().Target()},
                     {.target = clear_echo.target()});
  TokenAndEcho mutual(tls.At(stack.broker().RpcAddresses()[1]),
                      tls.At(tls_echo.target()));
  for (int round = 0; round < TokenAndEcho::kRounds; ++round) {
    clear.Measure();
    mutual.Measure();
  }
  const TokenAndEcho::Figures in_clear = clear.Middle();
  const TokenAndEcho::Figures in_tls = mutual.Middle();
  std::printf(
      "cached_get_token_mtls cores=%d ratio=%.3f spread=%.3f "
      "plaintext_ratio=%.3f "
      "plaintext_spread=%.3f below=%.3f p99_ratio=%.2f calls_per_second=%.0f "
      "echo_calls_per_second=%.0f callers=%d connections=%zu\n",
      TokenAndEcho::Cores(), in_tls.ratio, in_tls.ratio_spread, in_clear.ratio,
      in_clear.ratio_spread, in_clear.ratio - in_tls.ratio, in_tls.p99_ratio,
      in_tls.calls_per_second, in_tls.echo_calls_per_second,
      TokenAndEcho::kConcurrency, TokenAndEcho::kConnections);
}

}  // namespace
}  // namespace bursar::bench

int main(int argc, char** argv) {
  bursar::bench::Require(argc == 2, "usage: cached_get_token_mtls ECHO_SERVER");
  bursar::bench::Run(argv[1]);
  return 0;
}

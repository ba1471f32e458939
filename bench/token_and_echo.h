// GetToken from memory beside a bare gRPC echo of the same message sizes, over
// the same kind of connection. Used from one thread.

#ifndef BURSAR_BENCH_TOKEN_AND_ECHO_H_
#define BURSAR_BENCH_TOKEN_AND_ECHO_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/load.h"
#include "bursar/bench/echo.grpc.pb.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "tests/journey/harness/credentials.h"

namespace bursar::bench {

class TokenAndEcho {
 public:
  /// How many callers ask at once.
  static constexpr int kConcurrency = 16;

  /// Connects to both, and asks each for a while, which is not counted.
  TokenAndEcho(const journey::Credentials& broker,
               const journey::Credentials& echo);

  /// One round of the one, then one of the other.
  void Measure();

  /// The middle ones of all rounds. A ratio is the echo's share: 1 is as good
  /// as the transport alone.
  struct Figures {
    double ratio = 0;
    double p99_ratio = 0;
    double calls_per_second = 0;
    double echo_calls_per_second = 0;
  };
  Figures Middle() const;

  std::size_t request_bytes() const { return request_.ByteSizeLong(); }
  std::size_t response_bytes() const { return response_bytes_; }

 private:
  StartCall GetTokens();
  StartCall Echoes();

  const std::unique_ptr<v1::TokenBroker::Stub> tokens_;
  const std::unique_ptr<Echo::Stub> echo_;
  const v1::GetTokenRequest request_;
  EchoRequest echo_request_;
  std::size_t response_bytes_ = 0;
  std::vector<double> ratios_;
  std::vector<double> p99_ratios_;
  std::vector<double> token_rates_;
  std::vector<double> echo_rates_;
};

}  // namespace bursar::bench

#endif  // BURSAR_BENCH_TOKEN_AND_ECHO_H_

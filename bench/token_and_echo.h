// GetToken from memory beside a bare gRPC echo of the same message sizes, over
// the same kind of connections. Callers are enough to keep every core busy, so
// that what is compared is work, not waiting. Rounds are short, many, and on
// connections of their own: which of a server's threads a connection falls to
// lasts as long as the connection, and moves a ratio more than what is measured
// here. Where all of it has one core, every thread is on that one, and rounds
// lie closer together. Used from one thread.

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
  /// How many callers ask at once, over how many connections.
  static constexpr int kConcurrency = 64;
  static constexpr std::size_t kConnections = 4;

  /// How many rounds make the middle one steady.
  static constexpr int kRounds = 201;

  /// How many cores all of it may use.
  static int Cores();

  /// Asks the broker once, so as to make the echo as large.
  TokenAndEcho(journey::Credentials broker, journey::Credentials echo);

  /// One round of the one and one of the other, which of them first by turns.
  void Measure();

  /// The middle ones of all rounds. A ratio is the echo's share: 1 is as good
  /// as the transport alone.
  struct Figures {
    double ratio = 0;
    /// Half of the rounds' ratios are no farther from each other.
    double ratio_spread = 0;
    double p99_ratio = 0;
    double calls_per_second = 0;
    double echo_calls_per_second = 0;
  };
  Figures Middle() const;

  std::size_t request_bytes() const { return request_.ByteSizeLong(); }
  std::size_t response_bytes() const { return response_bytes_; }

 private:
  LoadFigures GetTokens() const;
  LoadFigures Echoes() const;

  const journey::Credentials broker_;
  const journey::Credentials echo_;
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

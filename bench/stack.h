// What the benchmarks measure: a provider and a broker, as processes of their
// own, and a grant for each of so many users. Not thread-safe.

#ifndef BURSAR_BENCH_STACK_H_
#define BURSAR_BENCH_STACK_H_

#include <string>

#include "bench/mutual_tls.h"
#include "bursar/v1/token_broker.pb.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/sandbox.h"

namespace bursar::bench {

struct StackOptions {
  int users = 1;
  /// How long the provider's tokens live.
  absl::Duration token_lifetime = absl::Hours(1);
  /// Set: the broker's second address takes callers by these certificates.
  /// Borrowed.
  const MutualTls* mutual_tls = nullptr;
};

class Stack {
 public:
  /// Ends the process, with a message, if anything does not come about: there
  /// is nothing to measure then.
  explicit Stack(const StackOptions& options);

  /// A request for the token of one user, from 0.
  static v1::GetTokenRequest RequestOf(int user);

  journey::Sandbox& sandbox() { return sandbox_; }
  journey::Broker& broker() { return broker_; }

 private:
  journey::Sandbox sandbox_;
  journey::Broker broker_;
};

/// Ends the process with `message` unless `ok`.
void Require(bool ok, const std::string& message);

}  // namespace bursar::bench

#endif  // BURSAR_BENCH_STACK_H_

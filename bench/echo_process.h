// The bare echo server as a process of its own. Owns it.

#ifndef BURSAR_BENCH_ECHO_PROCESS_H_
#define BURSAR_BENCH_ECHO_PROCESS_H_

#include <memory>
#include <string>

#include "bench/mutual_tls.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/process.h"

namespace bursar::bench {

class EchoProcess {
 public:
  /// Runs `program` at a unix socket or, with `tls`, at a port of this machine
  /// where it demands a certificate. Ends the process if it does not start.
  explicit EchoProcess(const std::string& program,
                       const MutualTls* tls = nullptr);

  /// Where it listens, as gRPC names it.
  const std::string& target() const { return target_; }

 private:
  const TemporaryFolder folder_;
  std::unique_ptr<journey::Process> process_;
  std::string target_;
};

}  // namespace bursar::bench

#endif  // BURSAR_BENCH_ECHO_PROCESS_H_

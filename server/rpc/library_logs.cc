#include "server/rpc/library_logs.h"

#include <atomic>

#include "absl/strings/match.h"
#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"
#include "server/base/log.h"

namespace bursar {
namespace {

std::atomic<int64_t> failed_handshakes = 0;

void TakeGrpcLine(gpr_log_func_args* line) {
  // A server's words, one line for each; a client's are others.
  const bool is_failed_handshake =
      absl::StartsWith(line->message, "Handshaking failed:");
  if (is_failed_handshake) failed_handshakes.fetch_add(1);
  if (is_failed_handshake || line->severity == GPR_LOG_SEVERITY_ERROR) {
    log::Debug("grpc", {{"message", line->message}});
  }
}

}  // namespace

void RouteLibraryLogs() {
  gpr_set_log_function(&TakeGrpcLine);
  // gRPC tells of failed handshakes at this level alone.
  gpr_set_log_verbosity(GPR_LOG_SEVERITY_DEBUG);
  google::protobuf::SetLogHandler(nullptr);
}

int64_t FailedHandshakes() { return failed_handshakes.load(); }

}  // namespace bursar

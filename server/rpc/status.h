// The one translation of a refusal into what goes over the wire: a grpc::Status
// with google.rpc details (AIP-193). Pure but for the log line of a status that
// nobody gave a reason. Thread-safe.

#ifndef BURSAR_SERVER_RPC_STATUS_H_
#define BURSAR_SERVER_RPC_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace bursar {

/// `status` with its ErrorInfo, and RetryInfo and BadRequest where it has them,
/// as a google.rpc.Status in the trailer grpc-status-details-bin. A status
/// without a reason was not meant for callers: it becomes INTERNAL, and its
/// text stays in the log, of many only some.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_STATUS_H_

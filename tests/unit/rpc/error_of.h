// What a refused call says, taken apart as a caller would.

#ifndef BURSAR_TESTS_UNIT_RPC_ERROR_OF_H_
#define BURSAR_TESTS_UNIT_RPC_ERROR_OF_H_

#include <map>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "grpcpp/support/status.h"

namespace bursar {

struct RpcError {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;
  std::string domain;
  std::map<std::string, std::string> metadata;
  std::optional<absl::Duration> retry_after;
  /// Of the BadRequest; empty without one.
  std::string field;
};

RpcError ErrorOf(const grpc::Status& status);

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_RPC_ERROR_OF_H_

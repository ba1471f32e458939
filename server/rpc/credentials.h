// A listener's certificate and key, looked at before anybody connects: gRPC
// itself would listen with a mismatched pair and refuse everybody. Pure but for
// reading files; no locking.

#ifndef BURSAR_SERVER_RPC_CREDENTIALS_H_
#define BURSAR_SERVER_RPC_CREDENTIALS_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/server_credentials.h"

namespace bursar {

/// Paths of PEM files.
struct RpcTls {
  std::string certificate_file;
  std::string key_file;
  /// Not empty: callers must show a certificate that this CA signed.
  std::string client_ca_file;
};

/// What to listen with; clear text if `tls` is absent. Fails, with words for
/// the operator, if a file cannot be read, is not PEM, or the key is not the
/// certificate's.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> LoadCredentials(
    const std::optional<RpcTls>& tls);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CREDENTIALS_H_

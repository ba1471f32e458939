// The door of a listener with TLS: callers are whom their certificates name,
// judged at every call. Thread-safe.

#ifndef BURSAR_SERVER_RPC_TLS_DOOR_H_
#define BURSAR_SERVER_RPC_TLS_DOOR_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/security/server_credentials.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/files_in_force.h"
#include "server/core/types.h"
#include "server/identity/server_tls.h"
#include "server/rpc/connection_callers.h"
#include "server/rpc/door.h"
#include "server/rpc/endpoint.h"

namespace bursar {

class TlsDoor final : public Door {
 public:
  /// For an endpoint with tls. Fails, with words for the operator, if its files
  /// are not fit. Borrows all but the endpoint.
  static absl::StatusOr<std::unique_ptr<TlsDoor>> Make(
      const RpcEndpoint& endpoint, const Clock& clock, Executor& executor,
      FilesInForce& in_force);

  absl::StatusOr<std::optional<Actor>> CallerOf(
      grpc::ServerContextBase& context, absl::Time now) override;

  /// For one port.
  const std::shared_ptr<grpc::ServerCredentials>& credentials() const {
    return credentials_;
  }

 private:
  TlsDoor(const RpcEndpoint& endpoint, std::unique_ptr<ServerTls> tls);

  const std::unique_ptr<ServerTls> tls_;
  const std::optional<Actor> without_certificate_;
  ConnectionCallers callers_;
  const std::shared_ptr<grpc::ServerCredentials> credentials_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_TLS_DOOR_H_

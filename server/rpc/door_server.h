// A gRPC server behind one door: its bounds, its port, its health, its end.
// Owns its threads; borrows the door and the services, which may be served
// behind several. Thread-safe.

#ifndef BURSAR_SERVER_RPC_DOOR_SERVER_H_
#define BURSAR_SERVER_RPC_DOOR_SERVER_H_

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "server/rpc/door.h"

namespace bursar {

/// What every server serves.
struct ServedServices {
  std::vector<grpc::Service*> services;
  /// Those of them that health tells of.
  std::vector<std::string> names;
};

class DoorServer {
 public:
  struct Options {
    Door& door;
    const ServedServices& served;
    /// After that clients are told to connect anew.
    absl::Duration max_connection_age = absl::InfiniteDuration();
    /// Whether answers may be compressed. Not where they are encrypted: how
    /// long a secret becomes beside a stranger's words tells of it. Compressed
    /// requests are understood anyway.
    bool compresses = true;
  };

  /// Listens at "HOST:PORT". Fails, with words for the operator, if it cannot.
  static absl::StatusOr<std::unique_ptr<DoorServer>> Listen(
      const Options& options, const std::string& address,
      const std::shared_ptr<grpc::ServerCredentials>& credentials);

  /// Serves connections, in clear text, that Take hands it, and no others.
  static absl::StatusOr<std::unique_ptr<DoorServer>> ForConnections(
      const Options& options);

  /// As End without waiting.
  ~DoorServer();

  /// The port it got.
  int port() const { return port_; }

  /// Serves what comes over the connected, non-blocking socket `connection`,
  /// and closes it. Only after ForConnections and before End.
  void Take(int connection);

  /// Health says NOT_SERVING from now on.
  void StopServing();

  /// Closes every connection; what has not ended at `deadline` is cancelled.
  /// Call it once.
  void End(std::chrono::system_clock::time_point deadline);

 private:
  DoorServer() = default;

  absl::Status Start(grpc::ServerBuilder& builder, const Options& options,
                     absl::string_view refusal);

  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_DOOR_SERVER_H_

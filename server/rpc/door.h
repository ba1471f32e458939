// How callers come in: whom the transport vouches for, at one listener. Every
// gRPC server stands behind one door, and its calls are made so that they know
// which: gRPC itself does not tell where a call came in. Thread-safe.

#ifndef BURSAR_SERVER_RPC_DOOR_H_
#define BURSAR_SERVER_RPC_DOOR_H_

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "server/core/types.h"

namespace bursar {

class Door {
 public:
  virtual ~Door() = default;

  /// Whom the transport vouches for at `now`; nothing: for nobody. Fails, with
  /// a reason for the log, if what the caller shows is not good.
  virtual absl::StatusOr<std::optional<Actor>> CallerOf(
      grpc::ServerContextBase& context, absl::Time now) = 0;
};

/// Takes everybody who comes in for the same, or for nobody.
class PlainDoor final : public Door {
 public:
  explicit PlainDoor(std::optional<Actor> caller)
      : caller_(std::move(caller)) {}

  absl::StatusOr<std::optional<Actor>> CallerOf(grpc::ServerContextBase&,
                                                absl::Time) override {
    return caller_;
  }

 private:
  const std::optional<Actor> caller_;
};

/// Has a server's calls come in at `door`, which must outlive them.
std::unique_ptr<grpc::ContextAllocator> ContextsAt(Door& door);

/// As Door::CallerOf, at the door where the call came in.
absl::StatusOr<std::optional<Actor>> TransportCaller(
    grpc::ServerContextBase& context, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_DOOR_H_

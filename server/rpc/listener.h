// One place where RPCs are answered. Owns its door and servers; borrows the
// services, which must outlive it. Thread-safe.

#ifndef BURSAR_SERVER_RPC_LISTENER_H_
#define BURSAR_SERVER_RPC_LISTENER_H_

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/files_in_force.h"
#include "server/rpc/door_server.h"
#include "server/rpc/endpoint.h"

namespace bursar {

class Listener {
 public:
  /// Listens at `endpoint` and answers from now on. Fails, with words for the
  /// operator, if the address cannot be had or its certificate is not fit.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(
      const RpcEndpoint& endpoint, const ServedServices& served,
      const Clock& clock, Executor& executor, FilesInForce& in_force);

  virtual ~Listener() = default;

  /// Where it listens, a free port filled in.
  virtual std::string address() const = 0;

  /// Health says NOT_SERVING from now on; calls are answered still.
  virtual void StopServing() = 0;

  /// Closes every connection; what has not ended at `deadline` is cancelled.
  /// Blocks; call it once, before it goes.
  virtual void End(std::chrono::system_clock::time_point deadline) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_LISTENER_H_

// The gRPC server: every service on every listener, with health and reflection.
// Owns the services and its threads; borrows what the services are made with,
// which must outlive it. Thread-safe.

#ifndef BURSAR_SERVER_RPC_SERVER_H_
#define BURSAR_SERVER_RPC_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/files_in_force.h"
#include "server/core/caller_limits.h"
#include "server/core/consent.h"
#include "server/core/device_consents.h"
#include "server/core/journal.h"
#include "server/core/own_users.h"
#include "server/core/policy_in_force.h"
#include "server/core/provider.h"
#include "server/core/revocation.h"
#include "server/core/revocation_watch.h"
#include "server/core/token_source.h"
#include "server/identity/api_keys.h"
#include "server/rpc/authenticator.h"
#include "server/rpc/endpoint.h"
#include "server/rpc/keys_service.h"

namespace bursar {

class RpcServer {
 public:
  /// What the services need.
  struct Dependencies {
    TokenSource& tokens;
    Revocation& revocation;
    RevocationWatch& watch;
    Consent& consent;
    DeviceConsents& device_consents;
    Journal& journal;
    const Providers& providers;
    Authenticator& authenticator;
    const PolicyInForce& policy;
    const OwnUsers& own_users;
    CallerLimits& caller_limits;
    /// How many calls may be answered at once.
    int64_t most_in_flight;
    ApiKeys& api_keys;
    const Clock& clock;
    Executor& executor;
    FilesInForce& files_in_force;
    KeyDependencies keys;
  };

  /// Listens and answers from now on. Fails, with words for the operator, if an
  /// address cannot be had or its certificate is not fit.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(
      const std::vector<RpcEndpoint>& endpoints,
      const Dependencies& dependencies);

  /// Drains without waiting, unless that is done.
  ~RpcServer();

  /// Where it listens, free ports filled in; in the order of the endpoints.
  const std::vector<std::string>& addresses() const { return addresses_; }

  /// Goes down in order: health says NOT_SERVING, new calls are refused with
  /// SHUTTING_DOWN, those under way end, `timeout` at most, then connections
  /// close. Whether all calls ended by themselves. Blocks; call it once.
  bool Drain(absl::Duration timeout);

 private:
  struct Parts;

  explicit RpcServer(const Dependencies& dependencies);

  std::unique_ptr<Parts> parts_;
  std::vector<std::string> addresses_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_SERVER_H_

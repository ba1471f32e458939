// How each RPC's request is read for the policy: what client, user and scopes
// it names, or what else that has them. Every RPC has its entry here, beside
// the one in core/rpc_methods.cc; one without is denied to everybody. Pure; no
// locking.

#ifndef BURSAR_SERVER_RPC_PERMISSIONS_H_
#define BURSAR_SERVER_RPC_PERMISSIONS_H_

#include <memory>
#include <variant>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "server/base/secret.h"
#include "server/core/access_policy.h"
#include "server/core/types.h"

namespace bursar {

/// What a request names in the place of user and client, if anything: whose it
/// is, the ledger knows.
using NamedThing = std::variant<std::monostate, GrantId, DeviceConsentId,
                                std::shared_ptr<const Secret>>;

/// What is asked of the policy; `asked` has views into the request.
struct Question {
  Asked asked;
  NamedThing named = {};
};

struct Permission {
  const RpcMethod* rpc;
  /// Reads a request of the RPC's own type, valid or not.
  Question (*read)(const RpcMethod& rpc,
                   const google::protobuf::Message& request);
};

/// The entry of "Service.Method", or null.
const Permission* FindPermission(absl::string_view method);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_PERMISSIONS_H_

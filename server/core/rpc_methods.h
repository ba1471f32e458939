// What RPCs there are, as far as a policy goes: who is to call each, and what
// of it is judged. The one table; the rpc room says how a request is read for
// it (rpc/permissions.h). Pure; no locking.

#ifndef BURSAR_SERVER_CORE_RPC_METHODS_H_
#define BURSAR_SERVER_CORE_RPC_METHODS_H_

#include <bitset>
#include <cstddef>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace bursar {

/// For whom an RPC is made. A rule for the one never grants the other's.
enum class RpcGroup { kCallers, kOperators };

struct RpcMethod {
  /// "Service.Method".
  absl::string_view name;
  RpcGroup group = RpcGroup::kOperators;
  /// What a rule must allow. What is judged but not named by a request (a
  /// listing of every user's grants, say) is allowed by `any` alone.
  bool judges_client = true;
  bool judges_user = true;
  bool judges_scopes = true;
  /// Leads to a grant: it may be for a user who is not the caller's own yet.
  bool begins_grant = false;
};

/// Some RPCs, by their places in RpcMethods().
using RpcSet = std::bitset<128>;

absl::Span<const RpcMethod> RpcMethods();

/// The RPC of that name, "Service.Method", or null.
const RpcMethod* FindRpcMethod(absl::string_view name);

/// Where it stands in RpcMethods().
std::size_t PlaceOf(const RpcMethod& method);

/// Every RPC of the group.
RpcSet RpcsOf(RpcGroup group);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_RPC_METHODS_H_

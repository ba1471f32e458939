#include "server/core/rpc_methods.h"

#include <iterator>

#include "absl/container/flat_hash_map.h"

namespace bursar {
namespace {

constexpr RpcMethod Callers(absl::string_view name, bool client, bool user,
                            bool scopes, bool begins_grant = false) {
  return {name, RpcGroup::kCallers, client, user, scopes, begins_grant};
}

constexpr RpcMethod Operators(absl::string_view name,
                              bool begins_grant = false) {
  return {name, RpcGroup::kOperators, true, true, true, begins_grant};
}

constexpr RpcMethod kRpcMethods[] = {
    Callers("TokenBroker.GetToken", true, true, true),
    Callers("TokenBroker.Refresh", true, true, true),
    Callers("TokenBroker.Revoke", true, true, false),
    // Tells of tokens that the caller was given, and of no others.
    Callers("TokenBroker.WatchRevocations", false, false, false),
    Callers("Grants.BeginConsent", true, true, true, true),
    // Client and scopes were judged when the consent was begun, and whoever did
    // not begin it is refused below.
    Callers("Grants.CompleteConsent", false, true, false, true),
    Callers("Grants.BeginDeviceConsent", true, true, true, true),
    Callers("Grants.GetDeviceConsent", true, true, false),
    Callers("Grants.GetGrant", true, true, false),

    Operators("Grants.ImportGrant", true),
    Operators("Grants.ExchangeCode", true),
    Operators("Grants.RequestClientCredentials", true),
    Operators("Grants.ListGrants"),
    Operators("Grants.ListRefreshTokens"),
    Operators("Grants.ListUsage"),
    Operators("Clients.CreateClient"),
    Operators("Clients.GetClient"),
    Operators("Clients.ListClients"),
    Operators("Clients.UpdateClient"),
    Operators("Clients.DeleteClient"),
    Operators("Clients.ReplaceClientSecret"),
    Operators("Clients.RemoveClientSecret"),
    Operators("Events.ListEvents"),
    Operators("Keys.ListKeys"),
    Operators("Keys.RotateKeys"),
    Operators("Keys.GetKeyRotation"),
    Operators("Revocations.ListPendingRevocations"),
    Operators("Revocations.RetryRevocations"),
    Operators("Policy.ExplainPolicy"),
    Operators("Audit.GetAuditHead"),
    Operators("Audit.ListDeliveries"),
    Operators("ApiKeys.CreateApiKey"),
    Operators("ApiKeys.ListApiKeys"),
    Operators("ApiKeys.RevokeApiKey"),
};
static_assert(std::size(kRpcMethods) <= RpcSet().size());

}  // namespace

absl::Span<const RpcMethod> RpcMethods() { return kRpcMethods; }

const RpcMethod* FindRpcMethod(absl::string_view name) {
  static const auto& by_name = *[] {
    auto* map = new absl::flat_hash_map<absl::string_view, const RpcMethod*>();
    for (const RpcMethod& method : kRpcMethods) {
      map->emplace(method.name, &method);
    }
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

std::size_t PlaceOf(const RpcMethod& method) {
  return static_cast<std::size_t>(&method - kRpcMethods);
}

RpcSet RpcsOf(RpcGroup group) {
  RpcSet set;
  for (const RpcMethod& method : kRpcMethods) {
    if (method.group == group) set.set(PlaceOf(method));
  }
  return set;
}

}  // namespace bursar

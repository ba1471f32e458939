#include "server/rpc/permissions.h"

#include <iterator>

#include "absl/container/flat_hash_map.h"
#include "bursar/v1/clients.pb.h"
#include "bursar/v1/events.pb.h"
#include "bursar/v1/grants.pb.h"
#include "bursar/v1/policy.pb.h"
#include "bursar/v1/revocations.pb.h"
#include "bursar/v1/token_broker.pb.h"

namespace bursar {
namespace {

using google::protobuf::Message;

// The edge reads a request as what its method takes.
template <typename Request>
const Request& As(const Message& message) {
  return static_cast<const Request&>(message);
}

// Nothing of it is judged, or all there is.
Question ReadNothing(const RpcMethod& rpc, const Message& /*message*/) {
  return {{rpc}};
}

template <typename Request>
Question ReadScoped(const RpcMethod& rpc, const Message& message) {
  const auto& request = As<Request>(message);
  return {{rpc,
           request.client(),
           request.user(),
           {request.scopes().begin(), request.scopes().end()}}};
}

template <typename Request>
Question ReadUserAndClient(const RpcMethod& rpc, const Message& message) {
  const auto& request = As<Request>(message);
  return {{rpc, request.client(), request.user()}};
}

Question ReadCompletion(const RpcMethod& rpc, const Message& message) {
  return {{rpc, "", As<v1::CompleteConsentRequest>(message).user()}};
}

template <typename Request>
Question QuestionOfClientName(const RpcMethod& rpc, const Message& message) {
  return {{rpc, As<Request>(message).name()}};
}

template <typename Request>
Question ReadWholeClient(const RpcMethod& rpc, const Message& message) {
  return {{rpc, As<Request>(message).client().name()}};
}

Question QuestionOfGrantId(const RpcMethod& rpc, const Message& message) {
  return {{rpc}, GrantId(As<v1::GetGrantRequest>(message).id())};
}

Question ReadGrantsTokens(const RpcMethod& rpc, const Message& message) {
  return {{rpc}, GrantId(As<v1::ListRefreshTokensRequest>(message).grant())};
}

Question QuestionOfDeviceConsentId(const RpcMethod& rpc,
                                   const Message& message) {
  return {{rpc},
          DeviceConsentId(As<v1::GetDeviceConsentRequest>(message).id())};
}

Question ReadPendingOfClient(const RpcMethod& rpc, const Message& message) {
  return {{rpc, As<v1::ListPendingRevocationsRequest>(message).client()}};
}

Question QuestionOfRetry(const RpcMethod& rpc, const Message& message) {
  const auto& request = As<v1::RetryRevocationsRequest>(message);
  if (request.grant().empty()) return {{rpc, request.client()}};
  return {{rpc}, GrantId(request.grant())};
}

Question ReadTarget(const RpcMethod& rpc, const Message& message) {
  const auto& request = As<v1::RevokeRequest>(message);
  switch (request.target_case()) {
    case v1::RevokeRequest::kGrant:
      return {{rpc}, GrantId(request.grant())};
    case v1::RevokeRequest::kToken:
      return {{rpc},
              std::make_shared<const Secret>(Secret::Copy(request.token()))};
    case v1::RevokeRequest::kUserAndClient:
      return {{rpc, request.user_and_client().client(),
               request.user_and_client().user()}};
    case v1::RevokeRequest::kUser:
      return {{rpc, "", request.user()}};
    case v1::RevokeRequest::kClient:
      return {{rpc, request.client()}};
    case v1::RevokeRequest::TARGET_NOT_SET:
      break;
  }
  return {{rpc}};
}

struct Reading {
  absl::string_view method;
  Question (*read)(const RpcMethod&, const Message&);
};

constexpr Reading kReadings[] = {
    {"TokenBroker.GetToken", ReadScoped<v1::GetTokenRequest>},
    {"TokenBroker.Refresh", ReadScoped<v1::RefreshRequest>},
    {"TokenBroker.Revoke", ReadTarget},
    {"TokenBroker.WatchRevocations", ReadNothing},
    {"Grants.BeginConsent", ReadScoped<v1::BeginConsentRequest>},
    {"Grants.CompleteConsent", ReadCompletion},
    {"Grants.BeginDeviceConsent", ReadScoped<v1::BeginDeviceConsentRequest>},
    {"Grants.GetDeviceConsent", QuestionOfDeviceConsentId},
    {"Grants.GetGrant", QuestionOfGrantId},
    {"Grants.ImportGrant", ReadScoped<v1::ImportGrantRequest>},
    {"Grants.ExchangeCode", ReadScoped<v1::ExchangeCodeRequest>},
    {"Grants.RequestClientCredentials",
     ReadScoped<v1::RequestClientCredentialsRequest>},
    {"Grants.ListGrants", ReadUserAndClient<v1::ListGrantsRequest>},
    {"Grants.ListRefreshTokens", ReadGrantsTokens},
    {"Grants.ListUsage", ReadUserAndClient<v1::ListUsageRequest>},
    {"Clients.CreateClient", ReadWholeClient<v1::CreateClientRequest>},
    {"Clients.GetClient", QuestionOfClientName<v1::GetClientRequest>},
    {"Clients.ListClients", ReadNothing},
    {"Clients.UpdateClient", ReadWholeClient<v1::UpdateClientRequest>},
    {"Clients.DeleteClient", QuestionOfClientName<v1::DeleteClientRequest>},
    {"Clients.ReplaceClientSecret",
     QuestionOfClientName<v1::ReplaceClientSecretRequest>},
    {"Clients.RemoveClientSecret",
     QuestionOfClientName<v1::RemoveClientSecretRequest>},
    {"Events.ListEvents", ReadUserAndClient<v1::ListEventsRequest>},
    {"Keys.ListKeys", ReadNothing},
    {"Keys.RotateKeys", ReadNothing},
    {"Keys.GetKeyRotation", ReadNothing},
    {"Revocations.ListPendingRevocations", ReadPendingOfClient},
    {"Revocations.RetryRevocations", QuestionOfRetry},
    {"Policy.ExplainPolicy", ReadNothing},
    {"Audit.GetAuditHead", ReadNothing},
    {"Audit.ListDeliveries", ReadNothing},
    {"ApiKeys.CreateApiKey", ReadNothing},
    {"ApiKeys.ListApiKeys", ReadNothing},
    {"ApiKeys.RevokeApiKey", ReadNothing},
};

}  // namespace

const Permission* FindPermission(absl::string_view method) {
  static const auto& by_method = *[] {
    auto* map = new absl::flat_hash_map<absl::string_view, Permission>();
    for (const Reading& reading : kReadings) {
      const RpcMethod* rpc = FindRpcMethod(reading.method);
      if (rpc != nullptr)
        map->emplace(rpc->name, Permission{rpc, reading.read});
    }
    return map;
  }();
  const auto found = by_method.find(method);
  return found == by_method.end() ? nullptr : &found->second;
}

}  // namespace bursar

// The broker's services as a caller sees them. Every status that comes
// back is kept, so that a test can search them all. Thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_API_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_API_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bursar/v1/api_keys.grpc.pb.h"
#include "bursar/v1/audit.grpc.pb.h"
#include "bursar/v1/clients.grpc.pb.h"
#include "bursar/v1/events.grpc.pb.h"
#include "bursar/v1/grants.grpc.pb.h"
#include "bursar/v1/keys.grpc.pb.h"
#include "bursar/v1/policy.grpc.pb.h"
#include "bursar/v1/revocations.grpc.pb.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "tests/journey/harness/reply.h"

namespace bursar::journey {

class Api {
 public:
  using TokenReply = Reply<v1::AccessToken>;

  /// `target` as gRPC names it. Has connections of its own, whatever other
  /// objects have.
  explicit Api(const std::string& target);

  /// Through `channel`, with whatever credentials that has.
  explicit Api(std::shared_ptr<grpc::Channel> channel);

  // One for each RPC; `request` and answer are those of proto/bursar/v1.
  TokenReply GetToken(const v1::GetTokenRequest& request);
  TokenReply Refresh(const v1::RefreshRequest& request);
  Reply<v1::RevokeResponse> Revoke(const v1::RevokeRequest& request);
  Reply<v1::Client> CreateClient(const v1::CreateClientRequest& request);
  Reply<v1::Client> GetClient(const v1::GetClientRequest& request);
  Reply<v1::ListClientsResponse> ListClients(
      const v1::ListClientsRequest& request);
  Reply<v1::Client> UpdateClient(const v1::UpdateClientRequest& request);
  Reply<v1::DeleteClientResponse> DeleteClient(
      const v1::DeleteClientRequest& request);
  Reply<v1::Client> ReplaceClientSecret(
      const v1::ReplaceClientSecretRequest& request);
  Reply<v1::Client> RemoveClientSecret(
      const v1::RemoveClientSecretRequest& request);
  Reply<v1::BeginConsentResponse> BeginConsent(
      const v1::BeginConsentRequest& request);
  Reply<v1::Grant> CompleteConsent(const v1::CompleteConsentRequest& request);
  Reply<v1::Grant> ImportGrant(const v1::ImportGrantRequest& request);
  Reply<v1::Grant> ExchangeCode(const v1::ExchangeCodeRequest& request);
  Reply<v1::Grant> RequestClientCredentials(
      const v1::RequestClientCredentialsRequest& request);
  Reply<v1::BeginDeviceConsentResponse> BeginDeviceConsent(
      const v1::BeginDeviceConsentRequest& request);
  Reply<v1::DeviceConsent> GetDeviceConsent(
      const v1::GetDeviceConsentRequest& request);
  Reply<v1::Grant> GetGrant(const v1::GetGrantRequest& request);
  Reply<v1::ListGrantsResponse> ListGrants(
      const v1::ListGrantsRequest& request);
  Reply<v1::ListRefreshTokensResponse> ListRefreshTokens(
      const v1::ListRefreshTokensRequest& request);
  Reply<v1::ListUsageResponse> ListUsage(const v1::ListUsageRequest& request);
  Reply<v1::ListEventsResponse> ListEvents(
      const v1::ListEventsRequest& request);
  Reply<v1::CreateApiKeyResponse> CreateApiKey(
      const v1::CreateApiKeyRequest& request);
  Reply<v1::ApiKey> RevokeApiKey(const v1::RevokeApiKeyRequest& request);
  Reply<v1::ListApiKeysResponse> ListApiKeys(
      const v1::ListApiKeysRequest& request);
  Reply<v1::ExplainPolicyResponse> ExplainPolicy(
      const v1::ExplainPolicyRequest& request);
  Reply<v1::KeyRotation> GetKeyRotation(
      const v1::GetKeyRotationRequest& request);
  Reply<v1::ListDeliveriesResponse> ListDeliveries(
      const v1::ListDeliveriesRequest& request);
  Reply<v1::ListPendingRevocationsResponse> ListPendingRevocations(
      const v1::ListPendingRevocationsRequest& request);
  Reply<v1::RetryRevocationsResponse> RetryRevocations(
      const v1::RetryRevocationsRequest& request);
  /// The first notice; then the stream is cancelled.
  Reply<v1::RevocationNotice> WatchRevocations(
      const v1::WatchRevocationsRequest& request);

  /// Sends so many at once, none waiting for another; returns when all are
  /// answered, in the order of the requests.
  std::vector<TokenReply> GetTokens(
      const std::vector<v1::GetTokenRequest>& requests);
  std::vector<TokenReply> Refreshes(
      const std::vector<v1::RefreshRequest>& requests);

  /// Sends any method's bytes, well-formed or not; "/package.Service/Method".
  Outcome SendBytes(const std::string& method, const std::string& bytes);

  /// Every refusal so far: message and details, as they came.
  std::vector<std::string> Statuses() const;

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  template <typename Stub, typename Request, typename Response>
  Reply<Response> Call(Stub& stub,
                       grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                    const Request&, Response*),
                       const Request& request);
  template <typename Request, typename Response>
  std::vector<TokenReply> CallAll(
      void (v1::TokenBroker::StubInterface::async_interface::*method)(
          grpc::ClientContext*, const Request*, Response*,
          std::function<void(grpc::Status)>),
      const std::vector<Request>& requests);
  Outcome Keep(const grpc::Status& status);

  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::TokenBroker::StubInterface> broker_;
  const std::unique_ptr<v1::Clients::StubInterface> clients_;
  const std::unique_ptr<v1::Grants::StubInterface> grants_;
  const std::unique_ptr<v1::Events::StubInterface> events_;
  const std::unique_ptr<v1::ApiKeys::StubInterface> api_keys_;
  const std::unique_ptr<v1::Revocations::StubInterface> revocations_;
  const std::unique_ptr<v1::Policy::StubInterface> policy_;
  const std::unique_ptr<v1::Keys::StubInterface> keys_;
  const std::unique_ptr<v1::Audit::StubInterface> audit_;

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<std::string> statuses_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_API_H_

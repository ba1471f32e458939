#include "tests/journey/harness/api.h"

#include <grpcpp/generic/generic_stub.h>

#include <condition_variable>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/credentials.h"

namespace bursar::journey {
namespace {

void Bound(grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(absl::Now() + kBound));
}

Api::TokenReply TokenOf(Outcome outcome, v1::AccessToken token) {
  return {std::move(outcome), std::move(token)};
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

Api::Api(const std::string& target) : Api(Connect({.target = target})) {}

Api::Api(std::shared_ptr<grpc::Channel> channel)
    : channel_(std::move(channel)),
      broker_(v1::TokenBroker::NewStub(channel_)),
      clients_(v1::Clients::NewStub(channel_)),
      grants_(v1::Grants::NewStub(channel_)),
      events_(v1::Events::NewStub(channel_)),
      api_keys_(v1::ApiKeys::NewStub(channel_)),
      revocations_(v1::Revocations::NewStub(channel_)),
      policy_(v1::Policy::NewStub(channel_)),
      keys_(v1::Keys::NewStub(channel_)),
      audit_(v1::Audit::NewStub(channel_)) {}

template <typename Stub, typename Request, typename Response>
Reply<Response> Api::Call(Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                       const Request&,
                                                       Response*),
                          const Request& request) {
  grpc::ClientContext context;
  Bound(context);
  Reply<Response> reply;
  reply.outcome = Keep((stub.*method)(&context, request, &reply.value));
  return reply;
}

Api::TokenReply Api::GetToken(const v1::GetTokenRequest& request) {
  auto reply =
      Call(*broker_, &v1::TokenBroker::StubInterface::GetToken, request);
  return TokenOf(reply.outcome, reply.value.token());
}

Api::TokenReply Api::Refresh(const v1::RefreshRequest& request) {
  auto reply =
      Call(*broker_, &v1::TokenBroker::StubInterface::Refresh, request);
  return TokenOf(reply.outcome, reply.value.token());
}

Reply<v1::RevokeResponse> Api::Revoke(const v1::RevokeRequest& request) {
  return Call(*broker_, &v1::TokenBroker::StubInterface::Revoke, request);
}

Reply<v1::Client> Api::CreateClient(const v1::CreateClientRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::CreateClient, request);
}

Reply<v1::Client> Api::GetClient(const v1::GetClientRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::GetClient, request);
}

Reply<v1::ListClientsResponse> Api::ListClients(
    const v1::ListClientsRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::ListClients, request);
}

Reply<v1::Client> Api::UpdateClient(const v1::UpdateClientRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::UpdateClient, request);
}

Reply<v1::DeleteClientResponse> Api::DeleteClient(
    const v1::DeleteClientRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::DeleteClient, request);
}

Reply<v1::Client> Api::ReplaceClientSecret(
    const v1::ReplaceClientSecretRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::ReplaceClientSecret,
              request);
}

Reply<v1::Client> Api::RemoveClientSecret(
    const v1::RemoveClientSecretRequest& request) {
  return Call(*clients_, &v1::Clients::StubInterface::RemoveClientSecret,
              request);
}

Reply<v1::BeginConsentResponse> Api::BeginConsent(
    const v1::BeginConsentRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::BeginConsent, request);
}

Reply<v1::Grant> Api::CompleteConsent(
    const v1::CompleteConsentRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::CompleteConsent, request);
}

Reply<v1::Grant> Api::ImportGrant(const v1::ImportGrantRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::ImportGrant, request);
}

Reply<v1::Grant> Api::ExchangeCode(const v1::ExchangeCodeRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::ExchangeCode, request);
}

Reply<v1::Grant> Api::RequestClientCredentials(
    const v1::RequestClientCredentialsRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::RequestClientCredentials,
              request);
}

Reply<v1::BeginDeviceConsentResponse> Api::BeginDeviceConsent(
    const v1::BeginDeviceConsentRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::BeginDeviceConsent,
              request);
}

Reply<v1::DeviceConsent> Api::GetDeviceConsent(
    const v1::GetDeviceConsentRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::GetDeviceConsent, request);
}

Reply<v1::Grant> Api::GetGrant(const v1::GetGrantRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::GetGrant, request);
}

Reply<v1::ListGrantsResponse> Api::ListGrants(
    const v1::ListGrantsRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::ListGrants, request);
}

Reply<v1::ListRefreshTokensResponse> Api::ListRefreshTokens(
    const v1::ListRefreshTokensRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::ListRefreshTokens, request);
}

Reply<v1::ListUsageResponse> Api::ListUsage(
    const v1::ListUsageRequest& request) {
  return Call(*grants_, &v1::Grants::StubInterface::ListUsage, request);
}

Reply<v1::CreateApiKeyResponse> Api::CreateApiKey(
    const v1::CreateApiKeyRequest& request) {
  return Call(*api_keys_, &v1::ApiKeys::StubInterface::CreateApiKey, request);
}

Reply<v1::ApiKey> Api::RevokeApiKey(const v1::RevokeApiKeyRequest& request) {
  return Call(*api_keys_, &v1::ApiKeys::StubInterface::RevokeApiKey, request);
}

Reply<v1::ListEventsResponse> Api::ListEvents(
    const v1::ListEventsRequest& request) {
  return Call(*events_, &v1::Events::StubInterface::ListEvents, request);
}

template <typename Request, typename Response>
std::vector<Api::TokenReply> Api::CallAll(
    void (v1::TokenBroker::StubInterface::async_interface::*method)(
        grpc::ClientContext*, const Request*, Response*,
        std::function<void(grpc::Status)>),
    const std::vector<Request>& requests) {
  struct One {
    grpc::ClientContext context;
    Response response;
    grpc::Status status;
  };
  std::deque<One> calls(requests.size());
  std::mutex mutex;
  std::condition_variable ended;
  std::size_t left = requests.size();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    One& call = calls[i];
    Bound(call.context);
    (broker_->async()->*method)(&call.context, &requests[i], &call.response,
                                [&](grpc::Status status) {
                                  const std::lock_guard lock(mutex);
                                  call.status = std::move(status);
                                  if (--left == 0) ended.notify_one();
                                });
  }
  std::unique_lock lock(mutex);
  ended.wait(lock, [&] { return left == 0; });
  std::vector<TokenReply> replies;
  for (One& call : calls) {
    replies.push_back(TokenOf(Keep(call.status), call.response.token()));
  }
  return replies;
}

Reply<v1::ListPendingRevocationsResponse> Api::ListPendingRevocations(
    const v1::ListPendingRevocationsRequest& request) {
  return Call(*revocations_,
              &v1::Revocations::StubInterface::ListPendingRevocations, request);
}

Reply<v1::ListApiKeysResponse> Api::ListApiKeys(
    const v1::ListApiKeysRequest& request) {
  return Call(*api_keys_, &v1::ApiKeys::StubInterface::ListApiKeys, request);
}

Reply<v1::ExplainPolicyResponse> Api::ExplainPolicy(
    const v1::ExplainPolicyRequest& request) {
  return Call(*policy_, &v1::Policy::StubInterface::ExplainPolicy, request);
}

Reply<v1::KeyRotation> Api::GetKeyRotation(
    const v1::GetKeyRotationRequest& request) {
  return Call(*keys_, &v1::Keys::StubInterface::GetKeyRotation, request);
}

Reply<v1::ListDeliveriesResponse> Api::ListDeliveries(
    const v1::ListDeliveriesRequest& request) {
  return Call(*audit_, &v1::Audit::StubInterface::ListDeliveries, request);
}

Reply<v1::RevocationNotice> Api::WatchRevocations(
    const v1::WatchRevocationsRequest& request) {
  grpc::ClientContext context;
  Bound(context);
  Reply<v1::RevocationNotice> reply;
  const auto reader = broker_->WatchRevocations(&context, request);
  if (reader->Read(&reply.value)) {
    context.TryCancel();
    reader->Finish();
    return reply;
  }
  reply.outcome = Keep(reader->Finish());
  return reply;
}

Reply<v1::RetryRevocationsResponse> Api::RetryRevocations(
    const v1::RetryRevocationsRequest& request) {
  return Call(*revocations_, &v1::Revocations::StubInterface::RetryRevocations,
              request);
}

std::vector<Api::TokenReply> Api::GetTokens(
    const std::vector<v1::GetTokenRequest>& requests) {
  return CallAll<v1::GetTokenRequest, v1::GetTokenResponse>(
      &v1::TokenBroker::StubInterface::async_interface::GetToken, requests);
}

std::vector<Api::TokenReply> Api::Refreshes(
    const std::vector<v1::RefreshRequest>& requests) {
  return CallAll<v1::RefreshRequest, v1::RefreshResponse>(
      &v1::TokenBroker::StubInterface::async_interface::Refresh, requests);
}

Outcome Api::SendBytes(const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  Bound(context);
  grpc::CompletionQueue queue;
  const grpc::ByteBuffer request = ToBuffer(bytes);
  grpc::ByteBuffer response;
  grpc::Status status;
  const auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return Keep(status);
}

std::vector<std::string> Api::Statuses() const {
  const std::lock_guard lock(mutex_);
  return statuses_;
}

Outcome Api::Keep(const grpc::Status& status) {
  if (!status.ok()) {
    const std::lock_guard lock(mutex_);
    statuses_.push_back(
        absl::StrCat(status.error_message(), "\n", status.error_details()));
  }
  return OutcomeOf(status);
}

}  // namespace bursar::journey

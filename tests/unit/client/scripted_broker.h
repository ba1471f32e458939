// A broker for the client's tests: a real gRPC server on a unix socket of its
// own whose answers a test scripts call by call. Thread-safe.

#ifndef BURSAR_TESTS_UNIT_CLIENT_SCRIPTED_BROKER_H_
#define BURSAR_TESTS_UNIT_CLIENT_SCRIPTED_BROKER_H_

#include <grpcpp/server.h>
#include <grpcpp/server_context.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "bursar/v1/clients.grpc.pb.h"
#include "bursar/v1/errors.pb.h"
#include "bursar/v1/events.grpc.pb.h"
#include "bursar/v1/grants.grpc.pb.h"
#include "bursar/v1/revocations.grpc.pb.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/unit/client/scripted_watch.h"

namespace bursar::client {

/// A refusal with google.rpc details.
grpc::Status Refusal(
    grpc::StatusCode code, v1::ErrorReason reason,
    const std::vector<std::pair<std::string, std::string>>& metadata = {},
    absl::Duration retry_delay = absl::ZeroDuration());

/// One RPC's script: how to answer, and what was asked.
template <typename Request, typename Response>
class Script {
 public:
  using Answer = std::function<grpc::Status(const Request&, Response&)>;

  void Set(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }

  std::vector<Request> calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  std::size_t count() const { return calls().size(); }

  grpc::Status Run(const Request& request, Response& response) {
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      calls_.push_back(request);
      answer = answer_;
    }
    if (answer) return answer(request, response);
    return {grpc::StatusCode::UNIMPLEMENTED, "not in the script"};
  }

 private:
  mutable std::mutex mutex_;
  Answer answer_;
  std::vector<Request> calls_;
};

class ScriptedBroker {
 public:
  ScriptedBroker();
  ~ScriptedBroker();

  /// What a client connects to.
  std::string target() const { return "unix:" + path_; }
  const std::string& folder() const { return folder_.path(); }

  void Start();
  void Stop();

  Script<v1::GetTokenRequest, v1::GetTokenResponse> get_token;
  Script<v1::RefreshRequest, v1::RefreshResponse> refresh;
  Script<v1::RevokeRequest, v1::RevokeResponse> revoke;
  ScriptedWatch watch;
  Script<v1::BeginConsentRequest, v1::BeginConsentResponse> begin_consent;
  Script<v1::CompleteConsentRequest, v1::Grant> complete_consent;
  Script<v1::ImportGrantRequest, v1::Grant> import_grant;
  Script<v1::ExchangeCodeRequest, v1::Grant> exchange_code;
  Script<v1::RequestClientCredentialsRequest, v1::Grant>
      request_client_credentials;
  Script<v1::BeginDeviceConsentRequest, v1::BeginDeviceConsentResponse>
      begin_device_consent;
  Script<v1::GetDeviceConsentRequest, v1::DeviceConsent> get_device_consent;
  Script<v1::GetGrantRequest, v1::Grant> get_grant;
  Script<v1::ListGrantsRequest, v1::ListGrantsResponse> list_grants;
  Script<v1::ListUsageRequest, v1::ListUsageResponse> list_usage;
  Script<v1::CreateClientRequest, v1::Client> create_client;
  Script<v1::GetClientRequest, v1::Client> get_client;
  Script<v1::ListClientsRequest, v1::ListClientsResponse> list_clients;
  Script<v1::UpdateClientRequest, v1::Client> update_client;
  Script<v1::ReplaceClientSecretRequest, v1::Client> replace_secret;
  Script<v1::RemoveClientSecretRequest, v1::Client> remove_secret;
  Script<v1::ListEventsRequest, v1::ListEventsResponse> list_events;
  Script<v1::ListPendingRevocationsRequest, v1::ListPendingRevocationsResponse>
      list_pending_revocations;
  Script<v1::RetryRevocationsRequest, v1::RetryRevocationsResponse>
      retry_revocations;

 private:
  class Services;

  const TemporaryFolder folder_;
  const std::string path_ = folder_.Path("broker.sock");
  std::unique_ptr<Services> services_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace bursar::client

#endif  // BURSAR_TESTS_UNIT_CLIENT_SCRIPTED_BROKER_H_

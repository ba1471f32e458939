#include "tests/unit/client/scripted_broker.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <chrono>

#include "google/rpc/error_details.pb.h"

namespace bursar::client {
namespace {

using grpc::ServerContext;
using grpc::Status;

class Broker final
    : public v1::TokenBroker::WithCallbackMethod_WatchRevocations<
          v1::TokenBroker::Service> {
 public:
  explicit Broker(ScriptedBroker& s) : s_(s) {}
  Status GetToken(ServerContext*, const v1::GetTokenRequest* q,
                  v1::GetTokenResponse* a) override {
    return s_.get_token.Run(*q, *a);
  }
  Status Refresh(ServerContext*, const v1::RefreshRequest* q,
                 v1::RefreshResponse* a) override {
    return s_.refresh.Run(*q, *a);
  }
  Status Revoke(ServerContext*, const v1::RevokeRequest* q,
                v1::RevokeResponse* a) override {
    return s_.revoke.Run(*q, *a);
  }
  grpc::ServerWriteReactor<v1::RevocationNotice>* WatchRevocations(
      grpc::CallbackServerContext*,
      const v1::WatchRevocationsRequest* q) override {
    return s_.watch.Answer(*q);
  }

 private:
  ScriptedBroker& s_;
};

class Grants final : public v1::Grants::Service {
 public:
  explicit Grants(ScriptedBroker& s) : s_(s) {}
  Status BeginConsent(ServerContext*, const v1::BeginConsentRequest* q,
                      v1::BeginConsentResponse* a) override {
    return s_.begin_consent.Run(*q, *a);
  }
  Status CompleteConsent(ServerContext*, const v1::CompleteConsentRequest* q,
                         v1::Grant* a) override {
    return s_.complete_consent.Run(*q, *a);
  }
  Status ImportGrant(ServerContext*, const v1::ImportGrantRequest* q,
                     v1::Grant* a) override {
    return s_.import_grant.Run(*q, *a);
  }
  Status ExchangeCode(ServerContext*, const v1::ExchangeCodeRequest* q,
                      v1::Grant* a) override {
    return s_.exchange_code.Run(*q, *a);
  }
  Status RequestClientCredentials(ServerContext*,
                                  const v1::RequestClientCredentialsRequest* q,
                                  v1::Grant* a) override {
    return s_.request_client_credentials.Run(*q, *a);
  }
  Status BeginDeviceConsent(ServerContext*,
                            const v1::BeginDeviceConsentRequest* q,
                            v1::BeginDeviceConsentResponse* a) override {
    return s_.begin_device_consent.Run(*q, *a);
  }
  Status GetDeviceConsent(ServerContext*, const v1::GetDeviceConsentRequest* q,
                          v1::DeviceConsent* a) override {
    return s_.get_device_consent.Run(*q, *a);
  }
  Status GetGrant(ServerContext*, const v1::GetGrantRequest* q,
                  v1::Grant* a) override {
    return s_.get_grant.Run(*q, *a);
  }
  Status ListGrants(ServerContext*, const v1::ListGrantsRequest* q,
                    v1::ListGrantsResponse* a) override {
    return s_.list_grants.Run(*q, *a);
  }
  Status ListUsage(ServerContext*, const v1::ListUsageRequest* q,
                   v1::ListUsageResponse* a) override {
    return s_.list_usage.Run(*q, *a);
  }

 private:
  ScriptedBroker& s_;
};

class Clients final : public v1::Clients::Service {
 public:
  explicit Clients(ScriptedBroker& s) : s_(s) {}
  Status CreateClient(ServerContext*, const v1::CreateClientRequest* q,
                      v1::Client* a) override {
    return s_.create_client.Run(*q, *a);
  }
  Status GetClient(ServerContext*, const v1::GetClientRequest* q,
                   v1::Client* a) override {
    return s_.get_client.Run(*q, *a);
  }
  Status ListClients(ServerContext*, const v1::ListClientsRequest* q,
                     v1::ListClientsResponse* a) override {
    return s_.list_clients.Run(*q, *a);
  }
  Status UpdateClient(ServerContext*, const v1::UpdateClientRequest* q,
                      v1::Client* a) override {
    return s_.update_client.Run(*q, *a);
  }
  Status ReplaceClientSecret(ServerContext*,
                             const v1::ReplaceClientSecretRequest* q,
                             v1::Client* a) override {
    return s_.replace_secret.Run(*q, *a);
  }
  Status RemoveClientSecret(ServerContext*,
                            const v1::RemoveClientSecretRequest* q,
                            v1::Client* a) override {
    return s_.remove_secret.Run(*q, *a);
  }

 private:
  ScriptedBroker& s_;
};

class Events final : public v1::Events::Service {
 public:
  explicit Events(ScriptedBroker& s) : s_(s) {}
  Status ListEvents(ServerContext*, const v1::ListEventsRequest* q,
                    v1::ListEventsResponse* a) override {
    return s_.list_events.Run(*q, *a);
  }

 private:
  ScriptedBroker& s_;
};

class Revocations final : public v1::Revocations::Service {
 public:
  explicit Revocations(ScriptedBroker& s) : s_(s) {}
  Status ListPendingRevocations(
      ServerContext*, const v1::ListPendingRevocationsRequest* q,
      v1::ListPendingRevocationsResponse* a) override {
    return s_.list_pending_revocations.Run(*q, *a);
  }
  Status RetryRevocations(ServerContext*, const v1::RetryRevocationsRequest* q,
                          v1::RetryRevocationsResponse* a) override {
    return s_.retry_revocations.Run(*q, *a);
  }

 private:
  ScriptedBroker& s_;
};

}  // namespace

grpc::Status Refusal(
    grpc::StatusCode code, v1::ErrorReason reason,
    const std::vector<std::pair<std::string, std::string>>& metadata,
    absl::Duration retry_delay) {
  google::rpc::ErrorInfo info;
  info.set_domain("bursar");
  info.set_reason(v1::ErrorReason_Name(reason));
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[key] = value;
  }
  google::rpc::Status details;
  details.set_code(code);
  details.set_message("refused by the script");
  details.add_details()->PackFrom(info);
  if (retry_delay > absl::ZeroDuration()) {
    google::rpc::RetryInfo retry;
    const int64_t nanos = absl::ToInt64Nanoseconds(retry_delay);
    retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
    retry.mutable_retry_delay()->set_nanos(
        static_cast<int>(nanos % 1'000'000'000));
    details.add_details()->PackFrom(retry);
  }
  return {code, details.message(), details.SerializeAsString()};
}

class ScriptedBroker::Services {
 public:
  explicit Services(ScriptedBroker& script)
      : broker(script),
        grants(script),
        clients(script),
        events(script),
        revocations(script) {}
  Broker broker;
  Grants grants;
  Clients clients;
  Events events;
  Revocations revocations;
};

ScriptedBroker::ScriptedBroker()
    : services_(std::make_unique<Services>(*this)) {
  Start();
}

ScriptedBroker::~ScriptedBroker() { Stop(); }

void ScriptedBroker::Start() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(target(), grpc::InsecureServerCredentials());
  builder.RegisterService(&services_->broker);
  builder.RegisterService(&services_->grants);
  builder.RegisterService(&services_->clients);
  builder.RegisterService(&services_->events);
  builder.RegisterService(&services_->revocations);
  server_ = builder.BuildAndStart();
}

void ScriptedBroker::Stop() {
  if (!server_) return;
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
  server_ = nullptr;
}

}  // namespace bursar::client

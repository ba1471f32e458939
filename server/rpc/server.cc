#include "server/rpc/server.h"

#include <chrono>
#include <iterator>
#include <utility>

#include "google/protobuf/message.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/health_check_service_interface.h"
#include "server/base/log.h"
#include "server/rpc/api_keys_service.h"
#include "server/rpc/audit_service.h"
#include "server/rpc/clients_service.h"
#include "server/rpc/events_service.h"
#include "server/rpc/grants_service.h"
#include "server/rpc/keys_service.h"
#include "server/rpc/library_logs.h"
#include "server/rpc/listener.h"
#include "server/rpc/policy_service.h"
#include "server/rpc/reflection_service.h"
#include "server/rpc/revocations_service.h"
#include "server/rpc/token_broker_service.h"

namespace bursar {
namespace {

// For the last bytes of answers, and for streams that would not end: those of
// health's watchers, of reflection, and of who does not read.
constexpr absl::Duration kFlush = absl::Seconds(1);

// The broker's own services.
constexpr const char* kServices[] = {
    v1::TokenBroker::service_full_name(), v1::Clients::service_full_name(),
    v1::Grants::service_full_name(),      v1::Events::service_full_name(),
    v1::Keys::service_full_name(),        v1::Revocations::service_full_name(),
    v1::Policy::service_full_name(),      v1::Audit::service_full_name(),
    v1::ApiKeys::service_full_name()};

// What reflection lists.
std::vector<std::string> EveryService() {
  std::vector<std::string> names(std::begin(kServices), std::end(kServices));
  names.emplace_back(grpc::health::v1::Health::service_full_name());
  names.emplace_back(
      grpc::reflection::v1alpha::ServerReflection::service_full_name());
  return names;
}

}  // namespace

struct RpcServer::Parts {
  explicit Parts(const Dependencies& d)
      : gate(d.policy, d.own_users, d.caller_limits, d.journal),
        edge(d.clock, d.authenticator, gate, d.most_in_flight),
        token_broker(edge, d.tokens, d.revocation, d.watch, d.executor),
        clients(edge, d.journal, d.revocation, d.providers),
        grants(edge, d.consent, d.device_consents, d.journal, d.providers),
        events(edge, d.journal),
        keys(edge, d.keys),
        revocations(edge, d.journal, d.revocation),
        watch(d.watch),
        policy(edge, d.policy, d.own_users),
        api_keys(edge, d.api_keys, d.journal),
        audit(edge, d.journal),
        reflection(EveryService()),
        served{{&token_broker, &clients, &grants, &events, &keys, &revocations,
                &policy, &audit, &api_keys, &reflection},
               {std::begin(kServices), std::end(kServices)}} {}

  Gate gate;
  Edge edge;
  TokenBrokerService token_broker;
  ClientsService clients;
  GrantsService grants;
  EventsService events;
  KeysService keys;
  RevocationsService revocations;
  RevocationWatch& watch;
  PolicyService policy;
  ApiKeysService api_keys;
  AuditService audit;
  ReflectionService reflection;
  const ServedServices served;
  std::vector<std::unique_ptr<Listener>> listeners;  // Gone before the others.
};

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(
    const std::vector<RpcEndpoint>& endpoints,
    const Dependencies& dependencies) {
  RouteLibraryLogs();
  grpc::EnableDefaultHealthCheckService(true);
  // The health service of the library brings no definition to reflect.
  google::protobuf::LinkMessageReflection<
      grpc::health::v1::HealthCheckRequest>();
  std::unique_ptr<RpcServer> server(new RpcServer(dependencies));
  for (const RpcEndpoint& endpoint : endpoints) {
    auto listener =
        Listener::Open(endpoint, server->parts_->served, dependencies.clock,
                       dependencies.executor, dependencies.files_in_force);
    if (!listener.ok()) return listener.status();
    server->addresses_.push_back((*listener)->address());
    server->parts_->listeners.push_back(*std::move(listener));
  }
  return server;
}

RpcServer::RpcServer(const Dependencies& dependencies)
    : parts_(std::make_unique<Parts>(dependencies)) {}

RpcServer::~RpcServer() { Drain(absl::ZeroDuration()); }

bool RpcServer::Drain(absl::Duration timeout) {
  if (parts_->listeners.empty()) return true;
  for (const auto& listener : parts_->listeners) listener->StopServing();
  // In this order: whoever watched comes back at once, and is sent elsewhere.
  parts_->edge.in_flight().Close();
  parts_->watch.Close();
  const bool all_ended = parts_->edge.in_flight().Drain(timeout);
  if (!all_ended) log::Warning("rpc.drain_incomplete", {{"waited", timeout}});
  const auto deadline =
      std::chrono::system_clock::now() + absl::ToChronoMilliseconds(kFlush);
  for (const auto& listener : parts_->listeners) listener->End(deadline);
  parts_->listeners.clear();
  return all_ended;
}

}  // namespace bursar

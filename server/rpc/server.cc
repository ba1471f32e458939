#include "server/rpc/server.h"

#include <chrono>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/message.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "server/base/log.h"
#include "server/rpc/clients_service.h"
#include "server/rpc/events_service.h"
#include "server/rpc/grants_service.h"
#include "server/rpc/keys_service.h"
#include "server/rpc/library_logs.h"
#include "server/rpc/policy_service.h"
#include "server/rpc/reflection_service.h"
#include "server/rpc/revocations_service.h"
#include "server/rpc/token_broker_service.h"
#include "server/rpc/unix_socket.h"

namespace bursar {
namespace {

// The largest request is a hundred scopes of 256 bytes and a token.
constexpr int kMaxRequestBytes = 1 << 20;
// Enough for a burst on one connection, too few to fill the memory.
constexpr int kMaxConcurrentCallsPerConnection = 8192;
// Finds peers that vanished without a word.
constexpr int kKeepaliveTimeMs = 120'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
// How often a client may ping us in turn.
constexpr int kMinPingIntervalMs = 10'000;
// For the last bytes of answers, and for streams that would not end: those of
// health's watchers, of reflection, and of who does not read.
constexpr absl::Duration kFlush = absl::Seconds(1);

// The broker's own services.
constexpr const char* kServices[] = {
    v1::TokenBroker::service_full_name(), v1::Clients::service_full_name(),
    v1::Grants::service_full_name(),      v1::Events::service_full_name(),
    v1::Keys::service_full_name(),        v1::Revocations::service_full_name(),
    v1::Policy::service_full_name()};

// What reflection lists.
std::vector<std::string> EveryService() {
  std::vector<std::string> names(std::begin(kServices), std::end(kServices));
  names.emplace_back(grpc::health::v1::Health::service_full_name());
  names.emplace_back(
      grpc::reflection::v1alpha::ServerReflection::service_full_name());
  return names;
}

void SetBounds(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             kMaxConcurrentCallsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTimeMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      kMinPingIntervalMs);
  // A second server on the same port must fail, not share its callers.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

// `address` with the port that it got.
std::string BoundAddress(const std::string& address, int port) {
  if (absl::StartsWith(address, "unix:")) return address;
  return absl::StrCat(address.substr(0, address.rfind(':')), ":", port);
}

// Checks first what gRPC would only find out when callers come.
absl::Status AddEndpoint(const RpcEndpoint& endpoint,
                         grpc::ServerBuilder& builder, int& port) {
  absl::string_view path = endpoint.address;
  if (absl::ConsumePrefix(&path, "unix:")) {
    absl::Status cleared = ClearStaleSocket(std::string(path));
    if (!cleared.ok()) return cleared;
  }
  auto credentials = LoadCredentials(endpoint.tls);
  if (!credentials.ok()) return credentials.status();
  builder.AddListeningPort(endpoint.address, *credentials, &port);
  return absl::OkStatus();
}

absl::Status WhyNotStarted(const std::vector<RpcEndpoint>& endpoints,
                           const std::vector<int>& ports) {
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    if (ports[i] > 0) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        endpoints[i].address,
        ": cannot listen there: the address is in use, not this machine's, or "
        "not permitted"));
  }
  return absl::InternalError("the gRPC server did not start");
}

void ReportServing(grpc::Server& server) {
  for (const char* name : kServices) {
    server.GetHealthCheckService()->SetServingStatus(name, true);
  }
}

}  // namespace

struct RpcServer::Parts {
  explicit Parts(const Dependencies& d)
      : gate(d.policy, d.own_users, d.caller_limits, d.journal),
        edge(d.clock, d.authenticator, gate, d.most_in_flight),
        token_broker(edge, d.tokens, d.revocation, d.watch),
        clients(edge, d.journal, d.revocation, d.providers),
        grants(edge, d.consent, d.device_consents, d.journal, d.providers),
        events(edge, d.journal),
        keys(edge, d.keys),
        revocations(edge, d.journal, d.revocation),
        watch(d.watch),
        policy(edge, d.policy, d.own_users),
        reflection(EveryService()) {}

  std::vector<grpc::Service*> Services() {
    return {&token_broker, &clients,     &grants, &events,
            &keys,         &revocations, &policy, &reflection};
  }

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
  ReflectionService reflection;
  std::unique_ptr<grpc::Server> server;  // Gone before what it calls.
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
  absl::Status listening = server->Listen(endpoints);
  if (!listening.ok()) return listening;
  return server;
}

RpcServer::RpcServer(const Dependencies& dependencies)
    : parts_(std::make_unique<Parts>(dependencies)) {}

RpcServer::~RpcServer() {
  if (parts_->server != nullptr) Drain(absl::ZeroDuration());
}

absl::Status RpcServer::Listen(const std::vector<RpcEndpoint>& endpoints) {
  grpc::ServerBuilder builder;
  SetBounds(builder);
  // Filled in while building.
  std::vector<int> ports(endpoints.size(), 0);
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    absl::Status added = AddEndpoint(endpoints[i], builder, ports[i]);
    if (!added.ok()) return added;
  }
  for (grpc::Service* service : parts_->Services()) {
    builder.RegisterService(service);
  }
  parts_->server = builder.BuildAndStart();
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    addresses_.push_back(BoundAddress(endpoints[i].address, ports[i]));
  }
  if (parts_->server == nullptr) return WhyNotStarted(endpoints, ports);
  ReportServing(*parts_->server);
  return absl::OkStatus();
}

bool RpcServer::Drain(absl::Duration timeout) {
  grpc::Server& server = *parts_->server;
  server.GetHealthCheckService()->Shutdown();
  // In this order: whoever watched comes back at once, and is sent elsewhere.
  parts_->edge.in_flight().Close();
  parts_->watch.Close();
  const bool all_ended = parts_->edge.in_flight().Drain(timeout);
  if (!all_ended) log::Warning("rpc.drain_incomplete", {{"waited", timeout}});
  server.Shutdown(std::chrono::system_clock::now() +
                  absl::ToChronoMilliseconds(kFlush));
  server.Wait();
  parts_->server.reset();
  return all_ended;
}

}  // namespace bursar

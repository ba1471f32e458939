#include "server/rpc/door_server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/health_check_service_interface.h"

namespace bursar {
namespace {

using ConnectionType =
    grpc::ServerBuilder::experimental_type::ExternalConnectionType;

// The largest request is a hundred scopes of 256 bytes and a token.
constexpr int kMaxRequestBytes = 1 << 20;
// Enough for a burst on one connection, too few to fill the memory.
constexpr int kMaxConcurrentCallsPerConnection = 8192;
// Finds peers that vanished without a word.
constexpr int kKeepaliveTimeMs = 120'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
// How often a client may ping us in turn.
constexpr int kMinPingIntervalMs = 10'000;

void SetBounds(grpc::ServerBuilder& builder,
               const DoorServer::Options& options) {
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
  if (!options.compresses) {
    builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  }
  if (options.max_connection_age == absl::InfiniteDuration()) return;
  builder.AddChannelArgument(
      GRPC_ARG_MAX_CONNECTION_AGE_MS,
      static_cast<int>(absl::ToInt64Milliseconds(options.max_connection_age)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DoorServer>> DoorServer::Listen(
    const Options& options, const std::string& address,
    const std::shared_ptr<grpc::ServerCredentials>& credentials) {
  std::unique_ptr<DoorServer> made(new DoorServer());
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, credentials, &made->port_);
  absl::Status started = made->Start(
      builder, options,
      absl::StrCat(address,
                   ": cannot listen there: the address is in use, not this "
                   "machine's, or not permitted"));
  if (!started.ok()) return started;
  return made;
}

absl::StatusOr<std::unique_ptr<DoorServer>> DoorServer::ForConnections(
    const Options& options) {
  std::unique_ptr<DoorServer> made(new DoorServer());
  grpc::ServerBuilder builder;
  made->acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
      ConnectionType::FROM_FD, grpc::InsecureServerCredentials());
  absl::Status started =
      made->Start(builder, options, "the gRPC server did not start");
  if (!started.ok()) return started;
  return made;
}

absl::Status DoorServer::Start(grpc::ServerBuilder& builder,
                               const Options& options,
                               absl::string_view refusal) {
  SetBounds(builder, options);
  builder.SetContextAllocator(ContextsAt(options.door));
  for (grpc::Service* service : options.served.services) {
    builder.RegisterService(service);
  }
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) return absl::FailedPreconditionError(refusal);
  for (const std::string& name : options.served.names) {
    server_->GetHealthCheckService()->SetServingStatus(name, true);
  }
  return absl::OkStatus();
}

DoorServer::~DoorServer() {
  if (server_ != nullptr) End(std::chrono::system_clock::now());
}

void DoorServer::Take(int connection) {
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters taken;
  taken.fd = connection;
  acceptor_->HandleNewConnection(&taken);
}

void DoorServer::StopServing() { server_->GetHealthCheckService()->Shutdown(); }

void DoorServer::End(std::chrono::system_clock::time_point deadline) {
  server_->Shutdown(deadline);
  server_->Wait();
  server_.reset();
}

}  // namespace bursar

#include "server/rpc/listener.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "server/rpc/door.h"
#include "server/rpc/tls_door.h"
#include "server/rpc/unix_listener.h"

namespace bursar {
namespace {

// Clients come back with the certificate that they have by then: one that they
// replaced a while before it expires is never the one that expires on an open
// connection.
constexpr absl::Duration kMaxTlsConnectionAge = absl::Minutes(10);

class PortListener final : public Listener {
 public:
  PortListener(const RpcEndpoint& endpoint, std::unique_ptr<Door> door,
               std::unique_ptr<DoorServer> server)
      : host_(endpoint.address.substr(0, endpoint.address.rfind(':'))),
        door_(std::move(door)),
        server_(std::move(server)) {}

  std::string address() const override {
    return absl::StrCat(host_, ":", server_->port());
  }
  void StopServing() override { server_->StopServing(); }
  void End(std::chrono::system_clock::time_point deadline) override {
    server_->End(deadline);
  }

 private:
  const std::string host_;
  const std::unique_ptr<Door> door_;
  const std::unique_ptr<DoorServer> server_;
};

absl::StatusOr<std::unique_ptr<Listener>> OpenTls(const RpcEndpoint& endpoint,
                                                  const ServedServices& served,
                                                  const Clock& clock,
                                                  Executor& executor,
                                                  FilesInForce& in_force) {
  auto door = TlsDoor::Make(endpoint, clock, executor, in_force);
  if (!door.ok()) return door.status();
  auto server = DoorServer::Listen(
      {**door, served, kMaxTlsConnectionAge, /*compresses=*/false},
      endpoint.address, (*door)->credentials());
  if (!server.ok()) return server.status();
  return std::make_unique<PortListener>(endpoint, *std::move(door),
                                        *std::move(server));
}

absl::StatusOr<std::unique_ptr<Listener>> OpenClear(
    const RpcEndpoint& endpoint, const ServedServices& served) {
  std::optional<Actor> everybody;
  if (endpoint.anonymous) everybody = Actor("anonymous");
  auto door = std::make_unique<PlainDoor>(std::move(everybody));
  auto server = DoorServer::Listen({*door, served}, endpoint.address,
                                   grpc::InsecureServerCredentials());
  if (!server.ok()) return server.status();
  return std::make_unique<PortListener>(endpoint, std::move(door),
                                        *std::move(server));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Listener>> Listener::Open(
    const RpcEndpoint& endpoint, const ServedServices& served,
    const Clock& clock, Executor& executor, FilesInForce& in_force) {
  absl::string_view path = endpoint.address;
  if (absl::ConsumePrefix(&path, "unix:")) {
    return UnixListener::Open(std::string(path), served, clock);
  }
  if (endpoint.tls) return OpenTls(endpoint, served, clock, executor, in_force);
  return OpenClear(endpoint, served);
}

}  // namespace bursar

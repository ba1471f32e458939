#include "sandbox/sandbox.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sandbox/endpoints.h"
#include "sandbox/http_server.h"
#include "sandbox/pages.h"
#include "sandbox/tls.h"
#include "sandbox/world.h"
#include "server/base/clock.h"
#include "server/base/random.h"

namespace bursar::sandbox {
namespace {

bool IsLoopback(absl::string_view host) {
  return host == "localhost" || host == "::1" || absl::StartsWith(host, "127.");
}

std::string UrlOf(const SandboxOptions& options, int port) {
  const bool v6 = absl::StrContains(options.host, ':');
  return absl::StrCat(options.tls_directory.empty() ? "http" : "https", "://",
                      v6 ? "[" : "", options.host, v6 ? "]" : "", ":", port);
}

}  // namespace

struct Sandbox::Parts {
  Parts(const SandboxOptions& options, TlsContext tls)
      : world(options.persona, clock, random),
        server(std::move(tls), options.workers) {}

  SystemClock clock;
  SystemRandom random;
  World world;
  // Last, so that it ends first.
  HttpServer server;
};

absl::StatusOr<std::unique_ptr<Sandbox>> Sandbox::Start(
    const SandboxOptions& options) {
  TlsContext tls;
  if (!options.tls_directory.empty()) {
    auto opened = OpenTls(options.tls_directory);
    if (!opened.ok()) return opened.status();
    tls = *std::move(opened);
  } else if (!IsLoopback(options.host)) {
    return absl::InvalidArgumentError(absl::StrCat(
        options.host, " is not loopback: it needs TLS (--tls-dir)"));
  }
  auto parts = std::make_unique<Parts>(options, std::move(tls));
  HttpServer& server = parts->server;
  World& world = parts->world;
  // The library tries handlers in this order: the busiest first.
  InstallToken(server, world);
  InstallApi(server, world);
  InstallRevoke(server, world);
  InstallAuthorize(server, world);
  InstallDevice(server, world);
  InstallControl(server, world);
  InstallConsole(server, world);
  InstallPages(server);

  const auto port = server.Bind(options.host, options.port);
  if (!port.ok()) return port.status();
  std::string url = UrlOf(options, *port);
  world.With([&](Provider& provider, absl::Time) { provider.url = url; });
  server.Start();
  return std::unique_ptr<Sandbox>(
      new Sandbox(std::move(parts), std::move(url)));
}

Sandbox::Sandbox(std::unique_ptr<Parts> parts, std::string url)
    : parts_(std::move(parts)), url_(std::move(url)) {}

Sandbox::~Sandbox() = default;

}  // namespace bursar::sandbox

#include "sandbox/sandbox.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sandbox/endpoints.h"
#include "sandbox/http_server.h"
#include "sandbox/pages.h"
#include "sandbox/site_name.h"
#include "sandbox/tls.h"
#include "sandbox/world.h"
#include "server/base/clock.h"
#include "server/base/random.h"

namespace bursar::sandbox {
namespace {

std::string UrlOf(const SandboxOptions& options, int port) {
  const bool v6 = absl::StrContains(options.host, ':');
  return absl::StrCat(options.tls_directory.empty() ? "http" : "https", "://",
                      v6 ? "[" : "", options.host, v6 ? "]" : "", ":", port);
}

nlohmann::json HomePage(const Provider& provider) {
  nlohmann::json centers = nlohmann::json::array();
  for (const DataCenter& center : provider.persona.data_centers) {
    const auto served = provider.urls.find(center.location);
    if (served == provider.urls.end()) continue;
    centers.push_back({{"location", center.location},
                       {"domain", center.domain},
                       {"url", served->second}});
  }
  return {{"title", provider.persona.title},
          {"provider", provider.persona.title},
          {"device_entry", provider.persona.paths.device_entry},
          {"data_centers", std::move(centers)}};
}

// The library tries handlers in this order: the busiest first.
void Install(HttpServer& server, World& world) {
  InstallToken(server, world);
  // Some lie under the API's path, which takes all that is there.
  InstallRevokeShapes(server, world);
  InstallApi(server, world);
  InstallRevoke(server, world);
  InstallAuthorize(server, world);
  InstallDevice(server, world);
  InstallControl(server, world);
  InstallConsole(server, world);
  InstallPages(server, world.With([](Provider& provider, absl::Time) {
    return HomePage(provider);
  }));
}

}  // namespace

// Where one data centre is reached.
struct Sandbox::Door {
  Door(World its_world, TlsContext tls, std::size_t workers)
      : world(std::move(its_world)), server(std::move(tls), workers) {}

  World world;
  // Last, so that it ends first.
  HttpServer server;
};

struct Sandbox::Parts {
  explicit Parts(const Persona& persona) : home(persona, clock, random) {}

  SystemClock clock;
  SystemRandom random;
  World home;
  // Last, so that they end first.
  std::vector<std::unique_ptr<Door>> doors;
};

absl::StatusOr<std::unique_ptr<Sandbox>> Sandbox::Start(
    const SandboxOptions& options) {
  std::unique_ptr<Sandbox> sandbox(
      new Sandbox(std::make_unique<Parts>(options.persona)));
  std::vector<std::string> locations = {options.persona.home()};
  for (const std::string& location : options.data_centers) {
    if (location != locations.front()) locations.push_back(location);
  }
  for (const std::string& location : locations) {
    if (auto status = sandbox->Open(options, location); !status.ok()) {
      return status;
    }
  }
  // Only now is every URL known.
  for (const auto& door : sandbox->parts_->doors) {
    Install(door->server, door->world);
    if (options.front == nullptr) door->server.Start();
  }
  return sandbox;
}

absl::Status Sandbox::Open(const SandboxOptions& options,
                           const std::string& location) {
  const bool exists =
      parts_->home.With([&](const Provider& provider, absl::Time) {
        return provider.HasDataCenter(location);
      });
  if (!exists) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.persona.name, " has no data centre ", location));
  }
  auto tls = options.front == nullptr
                 ? OpenTls(options.host, options.tls_directory)
                 : TlsContext();
  if (!tls.ok()) return tls.status();
  auto door = std::make_unique<Door>(World(parts_->home, location),
                                     *std::move(tls), options.workers);
  auto url = Listen(options, *door, location);
  if (!url.ok()) return url.status();
  door->world.With(
      [&](Provider& provider, absl::Time) { provider.urls[location] = *url; });
  urls_.emplace_back(location, *std::move(url));
  parts_->doors.push_back(std::move(door));
  return absl::OkStatus();
}

// The URL at which it is reached.
absl::StatusOr<std::string> Sandbox::Listen(SandboxOptions options, Door& door,
                                            const std::string& location) {
  if (options.front != nullptr) {
    options.host = HostName(options.persona, location);
    options.front->AddSite(options.host, door.server);
    return UrlOf(options, options.port);
  }
  const int wanted =
      options.port == 0 ? 0 : options.port + static_cast<int>(urls_.size());
  const auto port = door.server.Bind(options.host, wanted);
  if (!port.ok()) return port.status();
  return UrlOf(options, *port);
}

std::string Sandbox::NameOf(const std::string& location) const {
  return parts_->home.With([&](const Provider& provider, absl::Time) {
    return SiteName(provider.persona, location);
  });
}

Sandbox::Sandbox(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Sandbox::~Sandbox() = default;

}  // namespace bursar::sandbox

#include "sandbox/launch.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/pages.h"
#include "sandbox/persona_switches.h"
#include "sandbox/tls.h"

namespace bursar::sandbox {
namespace {

absl::StatusOr<Persona> ReadPersona(const LaunchOptions& options,
                                    const std::string& name) {
  if (options.by_host && absl::c_count(options.personas, name) > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("by host name there can be one ", name, " only"));
  }
  auto persona = FindPersona(name);
  if (!persona.ok()) return persona.status();
  for (const std::string& text : options.switches) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(text, absl::MaxSplits('=', 1));
    if (auto status = SetSwitch(*persona, parts.first, parts.second);
        !status.ok()) {
      return status;
    }
  }
  return persona;
}

// "all" are those that the persona has.
std::vector<std::string> ReadDataCenters(const LaunchOptions& options,
                                         const Persona& persona) {
  std::vector<std::string> locations;
  for (const std::string& name : options.data_centers) {
    if (name != "all") {
      locations.push_back(name);
      continue;
    }
    for (const DataCenter& center : persona.data_centers) {
      locations.push_back(center.location);
    }
  }
  return locations;
}

// What holds for every persona.
absl::StatusOr<SandboxOptions> ReadOptions(const LaunchOptions& options) {
  SandboxOptions read;
  read.tls_directory = options.tls_directory;
  read.workers = options.workers;
  const auto colon = options.listen.rfind(':');
  if (colon == std::string::npos ||
      !absl::SimpleAtoi(options.listen.substr(colon + 1), &read.port) ||
      read.port < 0 || read.port > 65535) {
    return absl::InvalidArgumentError(
        absl::StrCat("--listen wants HOST:PORT, not ", options.listen));
  }
  read.host = options.listen.substr(0, colon);
  // An IPv6 address stands in brackets.
  if (read.host.size() > 2 && read.host.front() == '[') {
    read.host = read.host.substr(1, read.host.size() - 2);
  }
  return read;
}

// What answers where no host name matches.
void InstallHostList(HttpServer& front, const Sandboxes& sandboxes) {
  nlohmann::json hosts = nlohmann::json::array();
  for (const auto& sandbox : sandboxes.each) {
    for (const auto& [location, url] : sandbox->urls()) {
      hosts.push_back({{"url", url}, {"name", sandbox->NameOf(location)}});
    }
  }
  InstallStyle(front);
  front.set_error_handler(
      [page = nlohmann::json{{"title", "Nobody of that name"},
                             {"hosts", std::move(hosts)}}](
          const auto&, httplib::Response& response) {
        SendPage("hosts", page, 404, response);
      });
}

absl::Status Listen(SandboxOptions& options, Sandboxes& sandboxes) {
  auto tls = OpenTls(options.host, options.tls_directory);
  if (!tls.ok()) return tls.status();
  sandboxes.front =
      std::make_unique<HttpServer>(*std::move(tls), options.workers);
  const auto port = sandboxes.front->Bind(options.host, options.port);
  if (!port.ok()) return port.status();
  options.port = *port;
  options.front = sandboxes.front.get();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Sandboxes> Launch(const LaunchOptions& options) {
  auto each = ReadOptions(options);
  if (!each.ok()) return each.status();
  Sandboxes sandboxes;
  if (options.by_host) {
    if (auto status = Listen(*each, sandboxes); !status.ok()) return status;
  }
  for (const std::string& name : options.personas) {
    auto persona = ReadPersona(options, name);
    if (!persona.ok()) return persona.status();
    each->data_centers = ReadDataCenters(options, *persona);
    each->persona = *std::move(persona);
    auto sandbox = Sandbox::Start(*each);
    if (!sandbox.ok()) return sandbox.status();
    if (each->port != 0 && !options.by_host) {
      each->port += static_cast<int>((*sandbox)->urls().size());
    }
    sandboxes.each.push_back(*std::move(sandbox));
  }
  if (options.by_host) {
    InstallHostList(*sandboxes.front, sandboxes);
    sandboxes.front->Start();
  }
  return sandboxes;
}

std::vector<std::string> ReadyLines(const Sandboxes& sandboxes) {
  if (sandboxes.each.size() == 1 &&
      sandboxes.each.front()->urls().size() == 1) {
    return {sandboxes.each.front()->url()};
  }
  std::vector<std::string> lines;
  for (const auto& sandbox : sandboxes.each) {
    for (const auto& [location, url] : sandbox->urls()) {
      lines.push_back(absl::StrCat(sandbox->NameOf(location), " ", url));
    }
  }
  return lines;
}

}  // namespace bursar::sandbox

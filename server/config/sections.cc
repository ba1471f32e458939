#include "server/config/sections.h"

#include <map>
#include <optional>
#include <vector>

#include "server/config/address.h"
#include "server/config/yaml_map.h"

namespace bursar {
namespace {

constexpr Within<absl::Duration> kTimeouts = {absl::Milliseconds(1),
                                              absl::Minutes(10)};

std::string RequirePath(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> path = keys.Require(key);
  return path ? path->Path().value_or("") : "";
}

std::string ReadProxy(const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("proxy");
  if (!value) return "";
  std::string proxy = value->Text().value_or("");
  const std::optional<Url> url = ParseUrl(proxy);
  // A user and password would be a secret in this file.
  if (!proxy.empty() && (!url || !url->path.empty())) {
    value->Fail(
        "must be http://HOST:PORT or https://HOST:PORT, without user and path");
  }
  return proxy;
}

}  // namespace

std::string ReadLedgerPath(const YamlReader& section) {
  return RequirePath(section.Map(), "path");
}

UpstreamSettings ReadUpstream(const YamlReader& section) {
  UpstreamSettings settings;
  const YamlMap keys = section.Map();
  settings.connect_timeout =
      keys.DurationOr("connect_timeout", settings.connect_timeout, kTimeouts);
  settings.total_timeout =
      keys.DurationOr("total_timeout", settings.total_timeout, kTimeouts);
  settings.idle_timeout =
      keys.DurationOr("idle_timeout", settings.idle_timeout, kTimeouts);
  if (const auto bytes = keys.Find("max_answer_bytes")) {
    settings.max_answer_bytes =
        bytes->Size({int64_t{1} << 10, int64_t{64} << 20})
            .value_or(settings.max_answer_bytes);
  }
  settings.max_connections =
      keys.IntegerOr("max_connections", settings.max_connections, {1, 10'000});
  settings.proxy = ReadProxy(keys);
  if (const auto ca = keys.Find("ca_file")) {
    settings.ca_file = ca->ReadablePath().value_or("");
  }
  return settings;
}

absl::Duration ReadConsentLifetime(const YamlReader& section,
                                   absl::Duration otherwise) {
  return section.Map().DurationOr("lifetime", otherwise,
                                  {absl::Seconds(1), absl::Hours(24)});
}

int64_t ReadCacheEntries(const YamlReader& section, int64_t otherwise) {
  return section.Map().IntegerOr("entries", otherwise, {1, 100'000'000});
}

int64_t ReadMostInFlight(const YamlReader& section, int64_t otherwise) {
  return section.Map().IntegerOr("in_flight", otherwise, {1, 1'000'000});
}

absl::Duration ReadDrainTimeout(const YamlReader& section,
                                absl::Duration otherwise) {
  return section.Map().DurationOr("timeout", otherwise,
                                  {absl::ZeroDuration(), absl::Hours(1)});
}

log::Level ReadLogLevel(const YamlReader& section, log::Level otherwise) {
  static const auto& levels = *new std::map<std::string, log::Level>{
      {"debug", log::Level::kDebug},
      {"info", log::Level::kInfo},
      {"warning", log::Level::kWarning},
      {"error", log::Level::kError},
  };
  const YamlMap keys = section.Map();
  const std::optional<YamlReader> value = keys.Find("level");
  if (!value) return otherwise;
  const std::optional<std::string> word =
      value->Word({"debug", "info", "warning", "error"});
  return word ? levels.at(*word) : otherwise;
}

}  // namespace bursar

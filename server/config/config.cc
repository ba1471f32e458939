#include "server/config/config.h"

#include "server/config/audit_section.h"
#include "server/config/authentication.h"
#include "server/config/config_errors.h"
#include "server/config/listeners.h"
#include "server/config/policy_file.h"
#include "server/config/provider_section.h"
#include "server/config/sealing_section.h"
#include "server/config/sections.h"
#include "server/config/yaml_map.h"
#include "server/config/yaml_reader.h"

namespace bursar {
namespace {

Config ReadConfig(const YamlReader& root) {
  Config config;
  const YamlMap keys = root.Map();
  if (const auto listen = keys.Require("listen")) {
    config.listen = ReadRpcListeners(*listen);
  }
  if (const auto web = keys.Find("web")) config.web = ReadWebListener(*web);
  if (const auto metrics = keys.Find("metrics")) {
    config.metrics = ReadMetricsListener(*metrics);
  }
  if (const auto ledger = keys.Require("ledger")) {
    config.ledger_path = ReadLedgerPath(*ledger);
  }
  if (const auto sealing = keys.Require("sealing")) {
    config.sealing = ReadSealing(*sealing);
  }
  if (const auto providers = keys.Require("providers")) {
    config.providers = ReadProviders(*providers);
  }
  if (const auto upstream = keys.Find("upstream")) {
    config.upstream = ReadUpstream(*upstream);
  }
  if (const auto consent = keys.Find("consent")) {
    config.consent_lifetime =
        ReadConsentLifetime(*consent, config.consent_lifetime);
  }
  if (const auto cache = keys.Find("cache")) {
    config.cache_entries = ReadCacheEntries(*cache, config.cache_entries);
  }
  if (const auto authentication = keys.Find("authentication")) {
    config.authentication = ReadAuthentication(*authentication);
  }
  if (const auto policy = keys.Require("policy")) {
    config.policy_file = ReadPolicySection(*policy);
  }
  if (const auto overload = keys.Find("overload")) {
    config.most_in_flight = ReadMostInFlight(*overload, config.most_in_flight);
  }
  if (const auto drain = keys.Find("drain")) {
    config.drain_timeout = ReadDrainTimeout(*drain, config.drain_timeout);
  }
  if (const auto memory = keys.Find("memory")) {
    config.memory_lock = ReadMemoryLock(*memory, config.memory_lock);
  }
  if (const auto audit = keys.Find("audit")) {
    config.audit = ReadAudit(*audit);
  }
  if (const auto log = keys.Find("log")) {
    config.log_level = ReadLogLevel(*log, config.log_level);
  }
  return config;
}

}  // namespace

absl::StatusOr<Config> LoadConfig(const std::string& path) {
  ConfigErrors errors;
  const std::optional<YamlReader> root =
      YamlReader::Load(path, /*mention=*/nullptr, errors);
  Config config;
  if (root) config = ReadConfig(*root);
  if (!errors.empty()) return errors.ToStatus();
  return config;
}

}  // namespace bursar

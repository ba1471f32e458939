// What the operator decided: the YAML file as validated, immutable data. Shared
// freely between threads once loaded. docs/operations.md documents each key.

#ifndef BURSAR_SERVER_CONFIG_CONFIG_H_
#define BURSAR_SERVER_CONFIG_CONFIG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/log.h"
#include "server/config/authentication_settings.h"
#include "server/core/provider.h"

namespace bursar {

/// Paths of PEM files.
struct TlsFiles {
  std::string certificate_file;
  std::string key_file;
  /// Set: callers are known by certificates that these CAs signed.
  std::string client_ca_file;
  /// What these CAs revoked; empty: nothing.
  std::string client_crl_file;
};

/// Where RPCs are answered.
struct RpcListener {
  /// "unix:/path", "HOST:PORT", "[IPV6]:PORT"; port 0 takes a free one.
  std::string address;
  std::optional<TlsFiles> tls;
  /// With a client_ca_file: whether who has no certificate may come in.
  bool client_certificate_optional = false;
  /// Whether whoever shows nothing is known as "anonymous".
  bool anonymous = false;
};

/// Where browsers come back to.
struct WebListener {
  /// "HOST:PORT"; port 0 takes a free one.
  std::string address;
  std::optional<TlsFiles> tls;
  /// The base URL that browsers reach it by, such as https://bursar.example;
  /// "/callback" appended is the redirect URI. Empty: made from the address.
  std::string public_url;
};

/// Where Prometheus scrapes, in clear text.
struct MetricsListener {
  /// "HOST:PORT" or "[IPV6]:PORT"; port 0 takes a free one.
  std::string address;
};

/// Bounds on calls to providers.
struct UpstreamSettings {
  absl::Duration connect_timeout = absl::Seconds(5);
  absl::Duration total_timeout = absl::Seconds(20);
  /// The longest silence once the request is out.
  absl::Duration idle_timeout = absl::Seconds(10);
  int64_t max_answer_bytes = 1 << 20;
  int64_t max_connections = 256;
  /// A proxy's URL; empty: none, whatever the environment says.
  std::string proxy;
  /// PEM file of the CAs to trust instead of the system's; empty: the system's.
  std::string ca_file;
};

/// A token whose key wraps those of the key ring.
struct Pkcs11Token {
  /// Path of the PKCS#11 module.
  std::string module;
  std::string token_label;
  std::string key_label;
  /// Path of the file that the PIN stands in.
  std::string pin_file;
};

/// Where the keys come from.
struct SealingSettings {
  std::string keyring_file;
  std::optional<Pkcs11Token> pkcs11;
};

/// Whether the process's memory is kept out of swap.
enum class MemoryLock { kTry, kRequire, kOff };

/// What is kept of what happened.
struct AuditSettings {
  /// Between two folds of the counted deliveries into the ledger.
  absl::Duration fold_interval = absl::Minutes(1);
  /// Between two events that tell of the same caller and grant.
  absl::Duration told_every = absl::Hours(24);
  /// How long events stay.
  absl::Duration retention = 400 * absl::Hours(24);
};

struct Config {
  std::vector<RpcListener> listen;
  std::optional<WebListener> web;
  std::optional<MetricsListener> metrics;
  std::string ledger_path;
  SealingSettings sealing;
  AuthenticationSettings authentication;
  std::vector<Provider> providers;
  UpstreamSettings upstream;
  absl::Duration consent_lifetime = absl::Minutes(10);
  int64_t cache_entries = 100'000;
  /// What callers may do: the policy file's path.
  std::string policy_file;
  /// How many calls may be answered at once.
  int64_t most_in_flight = 10'000;
  absl::Duration drain_timeout = absl::Seconds(30);
  MemoryLock memory_lock = MemoryLock::kTry;
  AuditSettings audit;
  log::Level log_level = log::Level::kInfo;
};

/// Reads, checks and completes the file at `path`. Every error is found, and
/// the status lists each on a line of its own as "FILE:LINE:COLUMN: what is
/// wrong". Relative paths in the file are taken from the file's own folder.
absl::StatusOr<Config> LoadConfig(const std::string& path);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_CONFIG_H_

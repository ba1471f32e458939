// The sections of the configuration that are plain settings, a function each;
// errors are noted in the reader's errors. Pure but for looking whether files
// can be read; no locking.

#ifndef BURSAR_SERVER_CONFIG_SECTIONS_H_
#define BURSAR_SERVER_CONFIG_SECTIONS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "server/config/config.h"
#include "server/config/yaml_reader.h"

namespace bursar {

/// The database's path, from section `ledger`.
std::string ReadLedgerPath(const YamlReader& section);

/// Section `upstream`.
UpstreamSettings ReadUpstream(const YamlReader& section);

/// `lifetime` of section `consent`, or `otherwise`.
absl::Duration ReadConsentLifetime(const YamlReader& section,
                                   absl::Duration otherwise);

/// `entries` of section `cache`, or `otherwise`.
int64_t ReadCacheEntries(const YamlReader& section, int64_t otherwise);

/// `in_flight` of section `overload`, or `otherwise`.
int64_t ReadMostInFlight(const YamlReader& section, int64_t otherwise);

/// `timeout` of section `drain`, or `otherwise`.
absl::Duration ReadDrainTimeout(const YamlReader& section,
                                absl::Duration otherwise);

/// `level` of section `log`, or `otherwise`.
log::Level ReadLogLevel(const YamlReader& section, log::Level otherwise);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_SECTIONS_H_

// The parts of a provider descriptor that are maps, merged key by key: a key
// replaces its namesake, and null takes it away. Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_DESCRIPTOR_MAPS_H_
#define BURSAR_SERVER_CONFIG_DESCRIPTOR_MAPS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `grammar` with what `keys` have under "scopes".
ScopeGrammar ApplyScopes(ScopeGrammar grammar, const YamlMap& keys);

/// `parameters` with what `keys` have under `key`; `ours` are not for
/// descriptors to set.
std::map<std::string, std::string> ApplyParameters(
    std::map<std::string, std::string> parameters, const YamlMap& keys,
    const std::string& key, const std::vector<std::string>& ours);

/// `errors` with what `keys` have under "errors".
absl::flat_hash_map<std::string, ErrorRule> ApplyErrors(
    absl::flat_hash_map<std::string, ErrorRule> errors, const YamlMap& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_DESCRIPTOR_MAPS_H_

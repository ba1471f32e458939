// The part of a provider descriptor that says how a token is revoked. Pure; no
// locking.

#ifndef BURSAR_SERVER_CONFIG_REVOCATION_RULE_H_
#define BURSAR_SERVER_CONFIG_REVOCATION_RULE_H_

#include <optional>

#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `rule` with what `keys` have under "revocation"; null takes it away.
std::optional<RevocationRule> ApplyRevocation(
    std::optional<RevocationRule> rule, const YamlMap& keys);

/// Notes at `keys` what a revocation lacks, or has that cannot go together.
void CheckRevocation(const Provider& provider, const YamlMap& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_REVOCATION_RULE_H_

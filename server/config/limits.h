// The part of a provider descriptor that says what the provider limits. Pure;
// no locking.

#ifndef BURSAR_SERVER_CONFIG_LIMITS_H_
#define BURSAR_SERVER_CONFIG_LIMITS_H_

#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `provider` with limits, warn_at_percent and on_cap as `keys` have them. The
/// list of limits is replaced as a whole.
Provider ApplyLimits(Provider provider, const YamlMap& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_LIMITS_H_

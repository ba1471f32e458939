// The part of a provider descriptor that says how the device flow goes. Pure;
// no locking.

#ifndef BURSAR_SERVER_CONFIG_DEVICE_RULE_H_
#define BURSAR_SERVER_CONFIG_DEVICE_RULE_H_

#include <optional>

#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `rule` with what `keys` have under "device"; null takes it away.
std::optional<DeviceRule> ApplyDevice(std::optional<DeviceRule> rule,
                                      const YamlMap& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_DEVICE_RULE_H_

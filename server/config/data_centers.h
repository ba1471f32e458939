// The part of a provider descriptor that says where the provider is. Pure; no
// locking.

#ifndef BURSAR_SERVER_CONFIG_DATA_CENTERS_H_
#define BURSAR_SERVER_CONFIG_DATA_CENTERS_H_

#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `provider` with data_centers and default_data_center as `keys` have them.
/// The list is replaced as a whole, so that whoever names an accounts server of
/// their own never reaches another.
Provider ApplyDataCenters(Provider provider, const YamlMap& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_DATA_CENTERS_H_

// Reads provider descriptors: the YAML that docs/providers.md documents key by
// key. A descriptor is laid over another: what it does not mention stays. Pure;
// no locking.

#ifndef BURSAR_SERVER_CONFIG_PROVIDER_DESCRIPTOR_H_
#define BURSAR_SERVER_CONFIG_PROVIDER_DESCRIPTOR_H_

#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `provider` with what `keys` say about it. Maps are merged key by key, and
/// null takes a key away; but data_centers replaces the whole list, so that
/// whoever names an accounts server of their own never reaches another.
Provider ApplyDescriptor(Provider provider, const YamlMap& keys);

/// Notes at `keys` what the complete provider still lacks.
void CheckComplete(const Provider& provider, const YamlMap& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_PROVIDER_DESCRIPTOR_H_

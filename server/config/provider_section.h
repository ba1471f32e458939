// The section `providers`: descriptors, from the binary or from files, with
// what each entry overrides. Not thread-safe.

#ifndef BURSAR_SERVER_CONFIG_PROVIDER_SECTION_H_
#define BURSAR_SERVER_CONFIG_PROVIDER_SECTION_H_

#include <vector>

#include "server/base/embedded_file.h"
#include "server/config/yaml_reader.h"
#include "server/core/provider.h"

namespace bursar {

/// The descriptors of providers/, compiled into the binary.
const std::vector<EmbeddedFile>& ProviderDescriptors();

/// Reads a list of providers; its errors are noted in the reader's errors.
std::vector<Provider> ReadProviders(const YamlReader& list);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_PROVIDER_SECTION_H_

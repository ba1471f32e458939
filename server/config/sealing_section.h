// Sections `sealing` and `memory` of the configuration; errors are noted in the
// reader's errors. Pure but for looking whether files can be read; no locking.

#ifndef BURSAR_SERVER_CONFIG_SEALING_SECTION_H_
#define BURSAR_SERVER_CONFIG_SEALING_SECTION_H_

#include "server/config/config.h"
#include "server/config/yaml_reader.h"

namespace bursar {

/// Section `sealing`. Whether the key ring, the token and its PIN are there and
/// good is for the sealing room to say.
SealingSettings ReadSealing(const YamlReader& section);

/// `lock` of section `memory`, or `otherwise`.
MemoryLock ReadMemoryLock(const YamlReader& section, MemoryLock otherwise);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_SEALING_SECTION_H_

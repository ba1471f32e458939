// Section `audit` of the configuration. Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_AUDIT_SECTION_H_
#define BURSAR_SERVER_CONFIG_AUDIT_SECTION_H_

#include "server/config/config.h"
#include "server/config/yaml_reader.h"

namespace bursar {

AuditSettings ReadAudit(const YamlReader& section);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_AUDIT_SECTION_H_

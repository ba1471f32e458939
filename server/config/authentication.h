// The section `authentication`: which bearer credentials callers may show. Pure
// but for looking whether files can be read; no locking.

#ifndef BURSAR_SERVER_CONFIG_AUTHENTICATION_H_
#define BURSAR_SERVER_CONFIG_AUTHENTICATION_H_

#include "server/config/authentication_settings.h"
#include "server/config/yaml_reader.h"

namespace bursar {

/// Reads the section; its errors are noted in the reader's errors.
AuthenticationSettings ReadAuthentication(const YamlReader& section);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_AUTHENTICATION_H_

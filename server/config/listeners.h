// The sections `listen`, `web` and `metrics`: where the broker answers, and the
// rule that clear text stays on the machine. Pure but for looking whether files
// can be read; no locking.

#ifndef BURSAR_SERVER_CONFIG_LISTENERS_H_
#define BURSAR_SERVER_CONFIG_LISTENERS_H_

#include <vector>

#include "server/config/config.h"
#include "server/config/yaml_reader.h"

namespace bursar {

/// Reads a list of RPC listeners; its errors are noted in the reader's errors.
std::vector<RpcListener> ReadRpcListeners(const YamlReader& list);

/// Reads the web listener; its errors are noted in the reader's errors.
WebListener ReadWebListener(const YamlReader& section);

/// Reads the metrics listener; its errors are noted in the reader's errors.
MetricsListener ReadMetricsListener(const YamlReader& section);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_LISTENERS_H_

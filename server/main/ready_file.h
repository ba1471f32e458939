// Tells scripts where a server listens, once it does. No state, no locking.

#ifndef BURSAR_SERVER_MAIN_READY_FILE_H_
#define BURSAR_SERVER_MAIN_READY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "server/main/assemble.h"

namespace bursar {

/// Writes a line "rpc ADDRESS" for each listener, "web URL" for the web
/// listener and "metrics URL" for the metrics listener to `path`, which appears
/// whole or not at all.
absl::Status WriteReadyFile(const std::string& path, const Broker& broker);

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_READY_FILE_H_

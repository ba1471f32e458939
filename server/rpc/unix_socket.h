// The file of a unix socket that a server died on. No state, no locking.

#ifndef BURSAR_SERVER_RPC_UNIX_SOCKET_H_
#define BURSAR_SERVER_RPC_UNIX_SOCKET_H_

#include <string>

#include "absl/status/status.h"

namespace bursar {

/// Makes way for a listener at `path`: removes a socket that nobody listens on
/// any more. Fails, with words for the operator, if somebody does, or if what
/// is there is no socket; gRPC itself would take the path from a living server.
absl::Status ClearStaleSocket(const std::string& path);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_UNIX_SOCKET_H_

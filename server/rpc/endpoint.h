// Where RPCs are answered, and whom the transport there vouches for. Plain
// data.

#ifndef BURSAR_SERVER_RPC_ENDPOINT_H_
#define BURSAR_SERVER_RPC_ENDPOINT_H_

#include <optional>
#include <string>

#include "server/identity/server_tls.h"

namespace bursar {

/// One address to listen on. At "unix:/path" callers are whom the kernel says.
struct RpcEndpoint {
  /// "unix:/path", "HOST:PORT", "[IPV6]:PORT"; port 0 takes a free one. With
  /// `tls` the host is a literal address, no name.
  std::string address = {};
  /// With a client_ca_file, callers are whom their certificates name.
  std::optional<TlsPaths> tls = {};
  /// With a client_ca_file: whether who has none comes in all the same.
  bool certificate_optional = false;
  /// Whether whoever shows nothing is "anonymous", rather than refused.
  bool anonymous = false;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_ENDPOINT_H_

// A certificate authority and a server certificate for loopback, made by the
// sandbox itself. Made once: what is there already is used again.

#ifndef BURSAR_SANDBOX_TLS_H_
#define BURSAR_SANDBOX_TLS_H_

#include <string>

#include "absl/status/statusor.h"
#include "sandbox/http_server.h"

namespace bursar::sandbox {

/// A TLS context with the certificate in `directory`: ca.pem (for clients to
/// trust), server.pem and server.key, for localhost, 127.0.0.1, ::1 and the
/// host name of every site. Makes the directory and the files where they are
/// missing; the authority's own key is not kept. Without a directory null, for
/// plain HTTP. InvalidArgument: `host` would then be reached in clear text from
/// elsewhere.
absl::StatusOr<TlsContext> OpenTls(const std::string& host,
                                   const std::string& directory);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_TLS_H_

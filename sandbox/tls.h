// A certificate authority and a server certificate for loopback, made by the
// sandbox itself. Made once: what is there already is used again.

#ifndef BURSAR_SANDBOX_TLS_H_
#define BURSAR_SANDBOX_TLS_H_

#include <string>

#include "absl/status/statusor.h"
#include "sandbox/http_server.h"

namespace bursar::sandbox {

/// A TLS context with the certificate in `directory`: ca.pem (for clients to
/// trust), server.pem and server.key, for localhost, 127.0.0.1 and ::1. Makes
/// the directory and the files where they are missing; the authority's own key
/// is not kept.
absl::StatusOr<TlsContext> OpenTls(const std::string& directory);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_TLS_H_

// Who is calling. Pure; no locking.

#ifndef BURSAR_SERVER_RPC_CALLER_H_
#define BURSAR_SERVER_RPC_CALLER_H_

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "server/core/types.h"

namespace bursar {

/// The caller's identity, from what the transport vouches for and nothing that
/// the caller merely says: with mutual TLS the certificate's first subject
/// alternative name, or else its common name; without, "unix" for a unix
/// socket, "loopback" for this machine, "anonymous" for whoever else the
/// configuration lets in.
absl::StatusOr<Actor> Authenticate(const grpc::ServerContextBase& context);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CALLER_H_

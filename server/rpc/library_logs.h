// What gRPC and protobuf print by themselves, and what only gRPC's lines tell.
// Process-wide. Thread-safe.

#ifndef BURSAR_SERVER_RPC_LIBRARY_LOGS_H_
#define BURSAR_SERVER_RPC_LIBRARY_LOGS_H_

#include <cstdint>

namespace bursar {

/// Sends gRPC's errors and its failed handshakes to the log, as debug lines:
/// what matters of them we say ourselves. Drops protobuf's, which any caller
/// could fill the log with. Call it before any gRPC object is made; calling it
/// again changes nothing.
void RouteLibraryLogs();

/// How many TLS handshakes with the servers of this process failed since
/// RouteLibraryLogs().
int64_t FailedHandshakes();

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_LIBRARY_LOGS_H_

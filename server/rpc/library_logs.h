// What gRPC and protobuf print by themselves. Process-wide.

#ifndef BURSAR_SERVER_RPC_LIBRARY_LOGS_H_
#define BURSAR_SERVER_RPC_LIBRARY_LOGS_H_

namespace bursar {

/// Sends gRPC's messages to the log, as debug lines: what matters of them we
/// say ourselves. Drops protobuf's, which any caller could fill the log with.
/// Call it before any gRPC object is made; calling it again changes nothing.
void RouteLibraryLogs();

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_LIBRARY_LOGS_H_

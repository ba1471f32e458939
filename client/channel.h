// The way to the broker: where it is and how the two prove who they are.
// Plain data and one function; thread-safe.

#ifndef BURSAR_CLIENT_CHANNEL_H_
#define BURSAR_CLIENT_CHANNEL_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace grpc {
class Channel;
class ChannelCredentials;
}  // namespace grpc

namespace bursar::client {

/// PEM files. They are watched: what replaces them is used for new connections
/// within seconds.
struct TlsFiles {
  /// Whom to trust as the broker; the system's certificates if empty.
  std::string certificate_authority = {};
  /// This caller's own certificate chain and key; both or neither.
  std::string certificate = {};
  std::string key = {};
};

struct ChannelOptions {
  /// "unix:/run/bursar/bursar.sock", "host:port" or another name that gRPC
  /// resolves.
  std::string target = {};
  /// Set: these are used as they are; tls and allow_clear_text do not count.
  std::shared_ptr<grpc::ChannelCredentials> credentials = nullptr;
  /// Set: TLS.
  std::optional<TlsFiles> tls = std::nullopt;
  /// Set: a file with a token that says who calls, such as an API key or a
  /// service account's token, which is put on every call. It is watched. Not
  /// over clear text to another machine.
  std::string bearer_token_file = {};
  /// Tokens travel in clear text over unix sockets and loopback addresses
  /// without asking; elsewhere only if this says so.
  bool allow_clear_text = false;
};

/// Connects when first used, and again whenever it must. Refused with
/// INVALID_ARGUMENT: clear text where it is not allowed, TLS files that are
/// missing or incomplete, a bearer token file without a token.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(
    const ChannelOptions& options);

/// Whether what is sent to `target` stays on this machine: a unix socket, a
/// loopback address, or "localhost".
bool IsLocal(const std::string& target);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_CHANNEL_H_

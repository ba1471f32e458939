#include "client/channel.h"

#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <grpcpp/support/client_interceptor.h>
#include <unistd.h>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "client/bearer_token_file.h"

namespace bursar::client {
namespace {

constexpr unsigned int kTlsFilesReadEverySeconds = 10;
// How long gRPC waits between attempts to connect, at first and at most. Its
// own maximum of two minutes would outlast the broker's restart by far.
constexpr int kFirstReconnectMilliseconds = 100;
constexpr int kLastReconnectMilliseconds = 5000;
// Finds a broker that vanished without a word while a stream or a call waits.
constexpr int kKeepaliveMilliseconds = 30'000;
constexpr int kKeepaliveTimeoutMilliseconds = 10'000;

absl::string_view HostOf(absl::string_view target) {
  for (absl::string_view scheme : {"dns:///", "dns:", "ipv4:", "ipv6:"}) {
    if (absl::ConsumePrefix(&target, scheme)) break;
  }
  if (absl::ConsumePrefix(&target, "[")) {
    return target.substr(0, target.find(']'));
  }
  return target.substr(0, target.rfind(':'));
}

absl::Status CheckReadable(const std::string& what, const std::string& path) {
  if (path.empty() || access(path.c_str(), R_OK) == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "the ", what, " file ", path, " cannot be read; check path and owner"));
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsCredentials(
    const TlsFiles& files) {
  if (files.certificate.empty() != files.key.empty()) {
    return absl::InvalidArgumentError(
        "a TLS certificate and its key come together; one is missing");
  }
  for (const auto& [what, path] :
       {std::pair("TLS CA", files.certificate_authority),
        std::pair("TLS certificate", files.certificate),
        std::pair("TLS key", files.key)}) {
    if (absl::Status status = CheckReadable(what, path); !status.ok()) {
      return status;
    }
  }
  if (files.certificate_authority.empty() && files.certificate.empty()) {
    return grpc::SslCredentials({});
  }
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(
      std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
          files.key, files.certificate, files.certificate_authority,
          kTlsFilesReadEverySeconds));
  if (!files.certificate_authority.empty()) options.watch_root_certs();
  if (!files.certificate.empty()) options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsFor(
    const ChannelOptions& options) {
  if (options.credentials) return options.credentials;
  if (options.tls.has_value()) return TlsCredentials(*options.tls);
  if (options.allow_clear_text || IsLocal(options.target)) {
    return grpc::InsecureChannelCredentials();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      options.target, " is not on this machine: tokens would travel in clear ",
      "text; give TLS files"));
}

// Null if there is none.
absl::StatusOr<std::shared_ptr<BearerTokenFile>> BearerFor(
    const ChannelOptions& options) {
  if (options.bearer_token_file.empty()) return nullptr;
  if (!options.credentials && !options.tls && !IsLocal(options.target)) {
    return absl::InvalidArgumentError(absl::StrCat(
        options.target, " is not on this machine: the bearer token would ",
        "travel in clear text; give TLS files"));
  }
  return BearerTokenFile::Open(options.bearer_token_file);
}

}  // namespace

bool IsLocal(const std::string& target) {
  if (absl::StartsWith(target, "unix:") ||
      absl::StartsWith(target, "unix-abstract:")) {
    return true;
  }
  const std::string host(HostOf(target));
  if (host == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    return ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET;
  }
  in6_addr v6;
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 &&
         IN6_IS_ADDR_LOOPBACK(&v6);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(
    const ChannelOptions& options) {
  if (options.target.empty()) {
    return absl::InvalidArgumentError("no broker address is given");
  }
  auto credentials = CredentialsFor(options);
  if (!credentials.ok()) return credentials.status();
  auto bearer = BearerFor(options);
  if (!bearer.ok()) return bearer.status();
  grpc::ChannelArguments arguments;
  // One place decides what is tried again: RetryPolicy.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
                   kFirstReconnectMilliseconds);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS,
                   kLastReconnectMilliseconds);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMilliseconds);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                   kKeepaliveTimeoutMilliseconds);
  // A stream may be silent for days.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  if (*bearer == nullptr) {
    return grpc::CreateCustomChannel(options.target, *credentials, arguments);
  }
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      options.target, *credentials, arguments,
      BearerInterceptors(*std::move(bearer)));
}

}  // namespace bursar::client

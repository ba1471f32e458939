#include "server/rpc/tls_door.h"

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "grpc/grpc_security_constants.h"
#include "grpcpp/security/auth_context.h"
#include "server/rpc/tls_credentials.h"

namespace bursar {
namespace {

// The caller's certificate is looked at in the handshake, so that who has none
// that is good costs no more than that; and again at every call.
grpc_ssl_client_certificate_request_type Wanted(const RpcEndpoint& endpoint) {
  if (endpoint.tls->client_ca_file.empty()) {
    return GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
  }
  return endpoint.certificate_optional
             ? GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY
             : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
}

// What the handshake found out; empty if it did not.
absl::string_view PropertyOf(const grpc::AuthContext& context,
                             const char* name) {
  const auto values = context.FindPropertyValues(name);
  if (values.empty()) return {};
  return {values[0].data(), values[0].size()};
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsDoor>> TlsDoor::Make(
    const RpcEndpoint& endpoint, const Clock& clock, Executor& executor) {
  auto tls = ServerTls::Load(*endpoint.tls, clock, executor);
  if (!tls.ok()) return tls.status();
  return std::unique_ptr<TlsDoor>(new TlsDoor(endpoint, *std::move(tls)));
}

TlsDoor::TlsDoor(const RpcEndpoint& endpoint, std::unique_ptr<ServerTls> tls)
    : tls_(std::move(tls)),
      without_certificate_(endpoint.anonymous
                               ? std::optional(Actor("anonymous"))
                               : std::nullopt),
      credentials_(std::make_shared<TlsCredentials>(*tls_, Wanted(endpoint))) {}

absl::StatusOr<std::optional<Actor>> TlsDoor::CallerOf(
    const grpc::ServerContextBase& context, absl::Time now) {
  const auto shown = context.auth_context();
  const absl::string_view own =
      PropertyOf(*shown, GRPC_X509_PEM_CERT_PROPERTY_NAME);
  // Where one is required, the handshake fails without.
  if (own.empty()) return without_certificate_;
  auto caller = tls_->Judge(
      own, PropertyOf(*shown, GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME), now);
  if (!caller.ok()) return caller.status();
  return std::optional(*std::move(caller));
}

}  // namespace bursar

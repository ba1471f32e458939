#include "server/rpc/tls_door.h"

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "grpc/grpc_security.h"
#include "grpc/grpc_security_constants.h"
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

// Empty if the handshake did not find it out.
absl::string_view PropertyOf(const Handshake& handshake, const char* name) {
  grpc_auth_property_iterator found =
      grpc_auth_context_find_properties_by_name(handshake.get(), name);
  const grpc_auth_property* property = grpc_auth_property_iterator_next(&found);
  if (property == nullptr) return {};
  return {property->value, property->value_length};
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsDoor>> TlsDoor::Make(
    const RpcEndpoint& endpoint, const Clock& clock, Executor& executor,
    FilesInForce& in_force) {
  auto tls = ServerTls::Load(*endpoint.tls, clock, executor, in_force);
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
    grpc::ServerContextBase& context, absl::Time now) {
  CertificateJudge* const judge = tls_->judge();
  if (judge == nullptr) return without_certificate_;
  Handshake handshake(grpc_call_auth_context(context.c_call()));
  if (auto caller = callers_.Find(handshake, now, judge->trust_number())) {
    return caller;
  }
  const absl::string_view own =
      PropertyOf(handshake, GRPC_X509_PEM_CERT_PROPERTY_NAME);
  // Where one is required, the handshake fails without.
  if (own.empty()) return without_certificate_;
  auto verdict = judge->Judge(
      own, PropertyOf(handshake, GRPC_X509_PEM_CERT_CHAIN_PROPERTY_NAME), now);
  if (!verdict.caller.ok()) return verdict.caller.status();
  std::optional<Actor> caller = *verdict.caller;
  callers_.Note(std::move(handshake), std::move(verdict));
  return caller;
}

}  // namespace bursar

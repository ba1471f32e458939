// What is asked of a provider's token and device endpoints. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_TOKEN_REQUEST_H_
#define BURSAR_SERVER_UPSTREAM_TOKEN_REQUEST_H_

#include <string>

#include "server/base/secret.h"
#include "server/core/provider.h"
#include "server/core/scope.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Exchanges an authorization code (RFC 6749 section 4.1.3), with the verifier
/// if there is one (RFC 7636 section 4.5), and with scopes and state where the
/// provider wants them. Without a redirect URI where there was none.
HttpRequest CodeRequest(const Provider& provider,
                        const DataCenterEndpoints& data_center,
                        const ClientIdentity& client,
                        const CodeExchange& exchange);

/// Redeems a refresh token (RFC 6749 section 6), with the redirect URI and
/// scopes where the provider wants them.
HttpRequest RefreshRequest(const Provider& provider,
                           const DataCenterEndpoints& data_center,
                           const ClientIdentity& client,
                           const Secret& refresh_token, const Scopes& scopes);

/// Asks for a token of the client's own by `rule` (RFC 6749 section 4.4.2), in
/// the name of `organization` unless that is empty.
HttpRequest ClientCredentialsRequest(const Provider& provider,
                                     const DataCenterEndpoints& data_center,
                                     const ClientCredentialsRule& rule,
                                     const ClientIdentity& client,
                                     const Scopes& scopes,
                                     const std::string& organization);

/// Asks for a device code by `rule` (RFC 8628 section 3.1).
HttpRequest DeviceCodeRequest(const Provider& provider,
                              const DataCenterEndpoints& data_center,
                              const DeviceRule& rule,
                              const ClientIdentity& client,
                              const Scopes& scopes);

/// Redeems a device code by `rule` (RFC 8628 section 3.4).
HttpRequest DevicePollRequest(const Provider& provider,
                              const DataCenterEndpoints& data_center,
                              const DeviceRule& rule,
                              const ClientIdentity& client,
                              const Secret& device_code);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_TOKEN_REQUEST_H_

// Where a browser is sent to consent. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_AUTHORIZATION_URL_H_
#define BURSAR_SERVER_UPSTREAM_AUTHORIZATION_URL_H_

#include <string>

#include "server/base/secret.h"
#include "server/core/provider.h"
#include "server/core/scope.h"
#include "server/core/upstream.h"

namespace bursar {

/// RFC 6749 section 4.1.1, with the S256 challenge of `verifier` where the
/// provider takes one and there is one (RFC 7636 section 4.3); or
/// section 4.2.1, without what is only for requests for a code.
std::string MakeAuthorizationUrl(const Provider& provider,
                                 const DataCenterEndpoints& data_center,
                                 const ClientIdentity& client,
                                 const Scopes& scopes, const Secret& state,
                                 const Secret& verifier);

/// BASE64URL(SHA256(verifier)) without padding (RFC 7636 section 4.2).
std::string S256Challenge(const Secret& verifier);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_AUTHORIZATION_URL_H_

// What is asked of a provider's revocation endpoint. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_REVOKE_REQUEST_H_
#define BURSAR_SERVER_UPSTREAM_REVOKE_REQUEST_H_

#include "server/base/secret.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Revokes `token`, of the kind that `rule` is about (RFC 7009 section 2.1).
HttpRequest RevokeRequest(const Provider& provider,
                          const DataCenterEndpoints& data_center,
                          const RevocationRule& rule,
                          const ClientIdentity& client, const Secret& token);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_REVOKE_REQUEST_H_

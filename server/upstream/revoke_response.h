// What a revocation endpoint's answer means (RFC 7009 section 2.2). Pure.

#ifndef BURSAR_SERVER_UPSTREAM_REVOKE_RESPONSE_H_
#define BURSAR_SERVER_UPSTREAM_REVOKE_RESPONSE_H_

#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

/// 200 confirms unless its body names an error, which providers before RFC 7009
/// put there. 400 means that the provider does not know the token, unless its
/// body blames the client or the request; so does 404 where the path names the
/// token. 401, 403, 404, 405, 422 and 501 will not change by asking again;
/// everything else may.
RevokeResult ReadRevokeAnswer(const HttpAnswer& answer,
                              const Provider& provider);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_REVOKE_RESPONSE_H_

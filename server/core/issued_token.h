// From what the ledger holds to what a caller gets. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_ISSUED_TOKEN_H_
#define BURSAR_SERVER_CORE_ISSUED_TOKEN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/core/freshness.h"
#include "server/core/provider.h"
#include "server/core/token_source.h"
#include "server/core/types.h"
#include "server/core/upstream.h"

namespace bursar {

/// A second token with the same value.
AccessToken Copy(const AccessToken& token);

/// `token` as generation `generation` of the grant. An access token that names
/// no scopes has the grant's (RFC 6749 section 5.1).
std::shared_ptr<const IssuedToken> Issue(const Grant& grant, int64_t generation,
                                         AccessToken token,
                                         const Provider& provider);

/// What decisions need of it; nothing for null.
std::optional<TokenLife> LifeOf(
    const std::shared_ptr<const IssuedToken>& token);

/// How the client presents itself at one data centre.
ClientIdentity IdentityOf(const Client& client,
                          const std::optional<Secret>& client_secret,
                          const DataCenter& data_center,
                          const std::string& callback_uri);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_ISSUED_TOKEN_H_

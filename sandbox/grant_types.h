// What an authenticated client gets for each grant type. Pure.

#ifndef BURSAR_SANDBOX_GRANT_TYPES_H_
#define BURSAR_SANDBOX_GRANT_TYPES_H_

#include "absl/time/time.h"
#include "sandbox/clients.h"
#include "sandbox/outcome.h"
#include "sandbox/parameters.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// authorization_code (RFC 6749 section 4.1.3).
Outcome<Tokens::Minted> RedeemCode(Provider& provider, const Client& client,
                                   const Parameters& parameters,
                                   absl::Time now);

/// refresh_token (RFC 6749 section 6).
Outcome<Tokens::Minted> RedeemRefreshToken(Provider& provider,
                                           const Client& client,
                                           const Parameters& parameters,
                                           absl::Time now);

/// client_credentials (RFC 6749 section 4.4), for self clients.
Outcome<Tokens::Minted> MintForClient(Provider& provider, const Client& client,
                                      const Parameters& parameters,
                                      absl::Time now);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_GRANT_TYPES_H_

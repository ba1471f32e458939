// Rows of the tables of access and refresh tokens, for the stores that write
// them. No locking.

#ifndef BURSAR_SERVER_LEDGER_TOKEN_ROWS_H_
#define BURSAR_SERVER_LEDGER_TOKEN_ROWS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/ledger_types.h"
#include "server/core/types.h"
#include "server/ledger/store_context.h"

namespace bursar {

/// Stores `token` as the newest of the grant for the scopes that were `asked`
/// for. The values of those before it, and of all that have expired, are wiped;
/// of each grant the last 16 can still be recognized.
absl::Status StoreAccessToken(const StoreContext& context, int64_t grant,
                              int64_t generation, const Scopes& asked,
                              const AccessToken& token);

/// Wipes the values of the grant's access tokens.
absl::Status ForgetAccessTokens(Database& database, int64_t grant);

/// The grant's access tokens whose values are still here, newest first.
absl::StatusOr<std::vector<KeptToken>> ReadAccessTokens(
    const StoreContext& context, int64_t grant);

/// Adds a refresh token: to be redeemed, or, in state kRevoked, only to be
/// revoked at the provider.
absl::Status AddRefreshToken(const StoreContext& context, int64_t grant,
                             int64_t generation, const Secret& token,
                             RefreshTokenState state, absl::Time now);

/// Ends the grant's active refresh token, if it has one, in `state`. Its value
/// is wiped unless the provider must be told to revoke it.
absl::Status EndRefreshToken(Database& database, int64_t grant,
                             RefreshTokenState state, bool revoke_upstream,
                             absl::Time now);

/// Of the grant's rotated refresh tokens, forgets all but the newest hundred;
/// its active one takes over what they count.
absl::Status ForgetRotatedRefreshTokens(Database& database, int64_t grant);

/// Whether the grant, or any where `grant` is absent, holds or held `token`.
absl::StatusOr<bool> KnowsRefreshToken(const StoreContext& context,
                                       const Secret& token,
                                       std::optional<int64_t> grant);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_TOKEN_ROWS_H_

// What follows from a token call that brought no token: for the grant, and for
// whoever asked. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_REDEEM_FAILURE_H_
#define BURSAR_SERVER_CORE_REDEEM_FAILURE_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/core/ledger_types.h"
#include "server/core/upstream.h"

namespace bursar {

/// The pause before the provider is asked again, for those results that want
/// one. `failures` counts this one, in a row.
std::optional<Grant::Pause> PauseAfter(const RedeemResult& result,
                                       int64_t failures, absl::Time now);

/// What the ledger is told about a refresh that ended in `result`, which is not
/// Granted. `may_rotate` is the provider's.
RefreshFailure FailureOf(const RedeemResult& result, const RefreshLease& lease,
                         bool may_rotate, absl::Time now);

/// The refusal for a refresh that ended in `failure`, or in a misconfiguration.
absl::Status RefusalOfRefresh(const RedeemResult& result,
                              const RefreshFailure& failure, const Grant& grant,
                              absl::Time now);

/// The refusal for a code or an imported token that brought nothing.
absl::Status RefusalOfExchange(const RedeemResult& result, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REDEEM_FAILURE_H_

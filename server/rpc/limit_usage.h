// What is used up of the providers' limits, beside what a listing shows. Pure
// over a Ledger; no locking.

#ifndef BURSAR_SERVER_RPC_LIMIT_USAGE_H_
#define BURSAR_SERVER_RPC_LIMIT_USAGE_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bursar/v1/grants.pb.h"
#include "server/core/ledger.h"
#include "server/core/provider.h"

namespace bursar {

/// Adds to each row, which counts by `group`, the limits that count so.
absl::Status AddLimits(const Providers& providers, UsageGroup group,
                       absl::Time now, Ledger& ledger,
                       v1::ListUsageResponse& response);

/// Adds to the grant's active refresh token the limits on it.
absl::Status AddLimits(const Providers& providers, const GrantId& grant,
                       absl::Time now, Ledger& ledger,
                       v1::ListRefreshTokensResponse& response);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_LIMIT_USAGE_H_

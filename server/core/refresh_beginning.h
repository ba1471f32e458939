// How a refresh begins, within one write of the ledger: on what is there by now
// it is decided whether the provider must be asked, and what is about to be
// sent is noted. No locking.

#ifndef BURSAR_SERVER_CORE_REFRESH_BEGINNING_H_
#define BURSAR_SERVER_CORE_REFRESH_BEGINNING_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/core/ledger.h"
#include "server/core/provider.h"
#include "server/core/refresh_flight.h"

namespace bursar {

/// Reads into `flight` what its grant is by now, and notes the refresh if the
/// provider is to be asked: then the flight has a lease. A grant that is over
/// and that nothing renews is ended instead. Refuses with kResourceNotFound,
/// kClientMisconfigured (a provider that is not configured any more), or
/// kProviderThrottled (a limit of the provider's leaves no room).
absl::Status BeginRefresh(RefreshFlight& flight, const Providers& providers,
                          Ledger& ledger, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REFRESH_BEGINNING_H_

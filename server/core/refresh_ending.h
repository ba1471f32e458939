// What the provider's answer to a refresh changes in the ledger, within one
// write. No locking.

#ifndef BURSAR_SERVER_CORE_REFRESH_ENDING_H_
#define BURSAR_SERVER_CORE_REFRESH_ENDING_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/ledger.h"
#include "server/core/refresh_flight.h"
#include "server/core/upstream.h"

namespace bursar {

/// The pause that follows an answer whose token had expired on arrival: a
/// failure that granted. Nothing for any other.
std::optional<Grant::Pause> PauseAfterExpired(const Granted& granted,
                                              const Grant& grant);

/// Keeps what the provider gave, with its event. Returns the generation, as
/// RefreshStore::Commit does; FAILED_PRECONDITION (the grant ended meanwhile)
/// is no error of the write's, for what the ledger then kept is to stay.
absl::StatusOr<int64_t> CommitRefresh(const RefreshFlight& flight,
                                      const Granted& granted, Ledger& ledger,
                                      absl::Time now);

/// An answer that brought no token.
struct RefreshVerdict {
  RefreshFailure failure;
  /// Why the provider rejects the client; empty: it does not.
  std::string rejection;
  /// A token may have come to be all the same, and counts.
  bool may_have_come = false;
};

/// What `result`, no Granted, means for the flight's grant.
RefreshVerdict VerdictOf(const RedeemResult& result,
                         const RefreshFlight& flight, absl::Time now);

/// Keeps that no token came, with its event. Returns how the flight ends:
/// kFailed, or kAgain where the provider rejected a client that has changed
/// since and is worth asking again at once.
absl::StatusOr<RefreshFlight::End> FailRefresh(const RefreshFlight& flight,
                                               const RefreshVerdict& verdict,
                                               Ledger& ledger, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REFRESH_ENDING_H_

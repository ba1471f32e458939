// A provider's limits kept from here: what they say to one more, what is noted
// of it, and the warnings on the way. Pure over a Ledger; no locking.

#ifndef BURSAR_SERVER_CORE_LIMIT_CHECK_H_
#define BURSAR_SERVER_CORE_LIMIT_CHECK_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/ledger.h"
#include "server/core/provider.h"
#include "server/core/types.h"

namespace bursar {

/// Whose limits are checked, and when.
struct LimitCheck {
  const Provider& provider;
  LimitSubject subject;
  Actor actor;
  absl::Time now;
};

/// OK if the provider would give one more of `counted`. Otherwise refuses with
/// kProviderLimitReached, and says when there is room again where a window
/// passes; with kConsentRequired where the refresh token is used up.
absl::Status CheckRoom(const LimitCheck& check, Counted counted,
                       Ledger& ledger);

/// Notes one more of `counted`, which is about to be asked for, where a window
/// counts it; and a warning where a limit on it comes near.
absl::Status NoteUse(const LimitCheck& check, Counted counted, Ledger& ledger);

/// The grants that the provider ends when the subject gets one more refresh
/// token.
absl::StatusOr<std::vector<GrantId>> WouldEvict(const LimitCheck& check,
                                                Ledger& ledger);

/// The same before a consent begins: refuses one that would evict a grant with
/// kProviderLimitReached, if `on_cap` says so.
absl::StatusOr<std::vector<GrantId>> CheckEviction(const LimitCheck& check,
                                                   AtCap on_cap,
                                                   Ledger& ledger);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_LIMIT_CHECK_H_

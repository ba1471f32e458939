// The grants of one user to one client. Pure over a Ledger; no locking.

#ifndef BURSAR_SERVER_CORE_GRANTS_OF_H_
#define BURSAR_SERVER_CORE_GRANTS_OF_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "server/core/ledger.h"
#include "server/core/types.h"

namespace bursar {

/// The user's grants to the client, newest first, of one state or of any. No
/// more than the newest 1000: more than any provider lets live at once.
absl::StatusOr<std::vector<Grant>> GrantsOf(const UserId& user,
                                            const ClientName& client,
                                            std::optional<GrantState> state,
                                            Ledger& ledger);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_GRANTS_OF_H_

// Rows of the table of grants, for the stores that meet them. No locking.

#ifndef BURSAR_SERVER_LEDGER_GRANT_ROWS_H_
#define BURSAR_SERVER_LEDGER_GRANT_ROWS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/types.h"
#include "server/ledger/database.h"

namespace bursar {

struct GrantRow {
  int64_t number = 0;
  int64_t client_number = 0;
  Grant grant;
};

/// A query whose rows ReadGrant reads: grants named g, their clients c. `rest`
/// is what comes after the FROM clause, beginning with a blank.
std::string SelectGrants(absl::string_view rest);

GrantRow ReadGrant(const Statement& row);

/// Returns NOT_FOUND if there is no such grant.
absl::StatusOr<GrantRow> FindGrant(Database& database, const GrantId& id);

/// Ends the grant of that number for `reason`.
absl::Status RequireConsent(Database& database, int64_t grant,
                            DeadReason reason, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_GRANT_ROWS_H_

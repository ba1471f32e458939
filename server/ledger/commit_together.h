// Group commit: several works, one transaction, one flush to the disk. Runs on
// the thread that the connection belongs to.

#ifndef BURSAR_SERVER_LEDGER_COMMIT_TOGETHER_H_
#define BURSAR_SERVER_LEDGER_COMMIT_TOGETHER_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "server/core/journal.h"
#include "server/ledger/database.h"
#include "server/ledger/sqlite_ledger.h"

namespace bursar {

/// Runs `works` in order and makes all that they did durable. A work that fails
/// leaves no trace and does not disturb the others. Returns how each ended: if
/// nothing could be made durable, every one with the same refusal,
/// kLedgerUnavailable.
std::vector<absl::Status> CommitTogether(
    Database& database, SqliteLedger& ledger,
    absl::Span<Journal::Work* const> works);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_COMMIT_TOGETHER_H_

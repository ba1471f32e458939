// The ledger's schema and how an older one becomes the newest. Works on a
// connection that nobody else uses at the time.

#ifndef BURSAR_SERVER_LEDGER_MIGRATE_H_
#define BURSAR_SERVER_LEDGER_MIGRATE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/base/embedded_file.h"
#include "server/ledger/database.h"

namespace bursar {

/// The migrations of migrations/sqlite, built in: the first makes version 1,
/// and so on.
const std::vector<EmbeddedFile>& SqliteMigrations();

/// The schema's version: 0 for an empty database. Refuses with
/// kLedgerUnavailable a database that is no ledger, or newer than `migrations`.
absl::StatusOr<int64_t> SchemaVersion(
    Database& database, const std::vector<EmbeddedFile>& migrations);

/// Applies the migrations that `database` lacks, all of them or none, and sees
/// that every reference leads somewhere afterwards; only meanwhile they are not
/// enforced. Before that, what is there is copied to the file
/// PATH.before-VERSION, VERSION being the one that is left behind.
absl::Status Migrate(Database& database,
                     const std::vector<EmbeddedFile>& migrations);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_MIGRATE_H_

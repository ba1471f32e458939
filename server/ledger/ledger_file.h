// The database file itself, before SQLite gets to see it. No locking.

#ifndef BURSAR_SERVER_LEDGER_LEDGER_FILE_H_
#define BURSAR_SERVER_LEDGER_LEDGER_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bursar {

/// Refuses with kLedgerUnavailable if there is no folder for the ledger at
/// `path`, or one that cannot be written to.
absl::Status CheckFolder(const std::string& path);

/// Sees to it that there is a file at `path` that can be read and written; a
/// new one is its owner's alone, and SQLite gives its side files the same
/// permissions. Returns whether it is new.
absl::StatusOr<bool> EnsureFile(const std::string& path);

/// Removes the file and its side files: for one that came to nothing.
void RemoveFiles(const std::string& path);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_LEDGER_FILE_H_

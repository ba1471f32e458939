// The right to be the only process that uses a ledger, held as a lock on a file
// beside it. Owns the lock and gives it back when it goes, as does the system
// when the process ends.

#ifndef BURSAR_SERVER_LEDGER_FILE_LOCK_H_
#define BURSAR_SERVER_LEDGER_FILE_LOCK_H_

#include <string>

#include "absl/status/statusor.h"

namespace bursar {

class FileLock {
 public:
  /// Locks the ledger at `path`. Refuses with kLedgerUnavailable, naming the
  /// other process, if another has it.
  static absl::StatusOr<FileLock> Acquire(const std::string& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}

  int file_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_FILE_LOCK_H_

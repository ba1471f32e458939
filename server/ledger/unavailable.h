// What can keep a ledger from being read or written, in words that say what to
// do. Pure; no locking.

#ifndef BURSAR_SERVER_LEDGER_UNAVAILABLE_H_
#define BURSAR_SERVER_LEDGER_UNAVAILABLE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bursar {

enum class LedgerTrouble {
  kDiskFull,
  kReadOnly,
  kLocked,
  kDamaged,
  kNotALedger,
  kInputOutput,
};

/// A refusal with kLedgerUnavailable about the ledger at `path`.
absl::Status LedgerUnavailable(const std::string& path, LedgerTrouble trouble);

/// The same in words of the caller's.
absl::Status LedgerUnavailable(const std::string& path, absl::string_view what);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_UNAVAILABLE_H_

#include "server/ledger/unavailable.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::string_view Describe(LedgerTrouble trouble) {
  switch (trouble) {
    case LedgerTrouble::kDiskFull:
      return "its disk is full: free some space; nothing was written";
    case LedgerTrouble::kReadOnly:
      return "it is read-only: make the file and its folder writable for this "
             "user";
    case LedgerTrouble::kLocked:
      return "another program keeps it locked: stop that program";
    case LedgerTrouble::kDamaged:
      return "it is damaged: stop, keep the file, and restore the last backup";
    case LedgerTrouble::kNotALedger:
      return "it is not a ledger: name another file, or restore a backup";
    case LedgerTrouble::kInputOutput:
      return "its disk cannot be read or written: look into the system's log";
  }
  return "it failed in an unknown way";
}

}  // namespace

absl::Status LedgerUnavailable(const std::string& path, LedgerTrouble trouble) {
  return LedgerUnavailable(path, Describe(trouble));
}

absl::Status LedgerUnavailable(const std::string& path,
                               absl::string_view what) {
  return ToStatus({Reason::kLedgerUnavailable,
                   absl::StrCat("ledger ", path, ": ", what),
                   {},
                   {},
                   {}});
}

}  // namespace bursar

// Port: the door to the ledger. Work is handed in, runs later on a thread of
// the journal's with a Ledger, and its end is told when it is durable. Works
// handed in at the same time share one flush to the disk (group commit).
// Thread-safe.

#ifndef BURSAR_SERVER_CORE_JOURNAL_H_
#define BURSAR_SERVER_CORE_JOURNAL_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "server/core/ledger.h"

namespace bursar {

class Journal {
 public:
  /// What to do. An error that it returns undoes all it did, and nothing else.
  /// It may be run again from the start if the transaction around it failed for
  /// another's sake, so it must write its results afresh each time.
  using Work = absl::AnyInvocable<absl::Status(Ledger&)>;

  /// Told once: OK when the work is durable, the work's own error, or a refusal
  /// with kLedgerUnavailable when nothing could be made durable. Runs on a
  /// thread of the journal's and must not keep it waiting.
  using Done = absl::AnyInvocable<void(absl::Status)>;

  virtual ~Journal() = default;

  /// Writes in the order they are handed in.
  virtual void Write(Work work, Done done) = 0;

  /// Reads a consistent state that contains every write told before. The work
  /// must not write.
  virtual void Read(Work work, Done done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_JOURNAL_H_

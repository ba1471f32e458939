// Lets go of what is older than the operator wants to keep: events, up to a
// checkpoint of their chain, and counts of deliveries. Thread-safe. Borrows
// what it is made with, which must outlive it; the executor must run nothing
// once this object is gone.

#ifndef BURSAR_SERVER_CORE_RETENTION_H_
#define BURSAR_SERVER_CORE_RETENTION_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/journal.h"
#include "server/core/wake_up.h"

namespace bursar {

class Retention {
 public:
  Retention(Journal& journal, Executor& executor, const Clock& clock,
            absl::Duration kept);

  /// Removes some of what is too old, and goes on by itself: at once while
  /// there is more, later again. Call it once, at start.
  void Pump();

 private:
  absl::StatusOr<RemovedEvents> Remove(Ledger& ledger) const;
  void Removed(const absl::StatusOr<RemovedEvents>& removed);

  Journal& journal_;
  const Clock& clock_;
  const absl::Duration kept_;
  WakeUp next_pump_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_RETENTION_H_

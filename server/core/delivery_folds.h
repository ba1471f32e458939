// Folds what was counted of deliveries into the ledger: at intervals, when
// there is much, and at the end. An event tells of a pair of a caller and a
// grant when it is new, and then once in a longer interval, so that the record
// says who got which grant's token and does not grow with every call.
// Thread-safe. Borrows what it is made with, which must outlive it; the
// executor must run nothing once this object is gone.

#ifndef BURSAR_SERVER_CORE_DELIVERY_FOLDS_H_
#define BURSAR_SERVER_CORE_DELIVERY_FOLDS_H_

#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/deliveries.h"
#include "server/core/journal.h"
#include "server/core/wake_up.h"

namespace bursar {

class DeliveryFolds {
 public:
  struct Options {
    /// Between two folds. What was counted since the last one is lost when the
    /// process is killed.
    absl::Duration interval = absl::Minutes(1);
    /// Between two events that tell of the same pair.
    absl::Duration told_every = absl::Hours(24);
  };

  DeliveryFolds(Journal& journal, Deliveries& deliveries, Executor& executor,
                const Clock& clock, const Options& options);

  /// From now on at intervals.
  void Start();

  /// A fold is wanted before the interval is over.
  void Soon();

  /// The last fold, once nothing is counted any more: the journal keeps it
  /// before it ends.
  void Finish();

 private:
  using Counted = std::vector<Delivery>;

  void Fold();
  /// Folds a part of `rest`, and then, in writes of their own, what remains: a
  /// long one would keep the others waiting. At the end, folds again later.
  void FoldPart(Counted rest);
  absl::Status Add(const Counted& part, Ledger& ledger) const;

  Journal& journal_;
  Deliveries& deliveries_;
  const Clock& clock_;
  const Options options_;
  WakeUp next_fold_;

  std::mutex mutex_;
  bool folding_ = false;   // Guarded by mutex_.
  bool finished_ = false;  // Guarded by mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_DELIVERY_FOLDS_H_

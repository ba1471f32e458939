// Refreshes whose answers were lost, repeated while the provider still takes
// the refresh token that it may have replaced (Provider::rotation_grace): later
// nothing would bring the new one back. Goes by the ledger's notes, over
// restarts too. Thread-safe. Dependencies are borrowed and must outlive this
// object, the executor's tasks included.

#ifndef BURSAR_SERVER_CORE_LOST_ANSWERS_H_
#define BURSAR_SERVER_CORE_LOST_ANSWERS_H_

#include <functional>
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/freshness.h"
#include "server/core/journal.h"
#include "server/core/provider.h"
#include "server/core/types.h"
#include "server/core/wake_up.h"

namespace bursar {

class LostAnswers {
 public:
  /// Refreshes the grant, and tells when that has ended, in whatever way.
  using Repeat = std::function<void(const Grant& grant, const Need& need,
                                    std::function<void()> done)>;

  LostAnswers(Journal& journal, const Providers& providers, Executor& executor,
              const Clock& clock, Repeat repeat);

  /// Repeats every such refresh whose pause is over, and sees to the others:
  /// pauses and graces are the clock's, looked at once a second while there is
  /// one. Call it at start, and whenever an answer was lost.
  void Pump();

 private:
  /// What a look at the ledger finds.
  struct Found {
    bool any = false;
    std::vector<Grant> due;
  };

  absl::Status Find(Found& found, absl::Time now, Ledger& ledger) const;
  void Start(const Grant& grant);

  Journal& journal_;
  const Providers& providers_;
  const Clock& clock_;
  const Repeat repeat_;
  WakeUp next_pump_;

  std::mutex mutex_;
  // Guarded by mutex_: those that are being repeated just now.
  absl::flat_hash_set<GrantId> repeating_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_LOST_ANSWERS_H_

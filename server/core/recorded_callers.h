// Who was given tokens of a grant as far as the ledger knows it, which is
// before the start as well. Looks up some grants at a time, however many are
// asked for at once, so that the ledger has time for others. Thread-safe.
// Borrows journal and executor, which must run nothing of it once it is gone.

#ifndef BURSAR_SERVER_CORE_RECORDED_CALLERS_H_
#define BURSAR_SERVER_CORE_RECORDED_CALLERS_H_

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "server/base/executor.h"
#include "server/core/journal.h"
#include "server/core/types.h"

namespace bursar {

class RecordedCallers {
 public:
  /// Told on the executor.
  using Found = absl::AnyInvocable<void(const std::vector<Actor>& callers)>;

  RecordedCallers(Journal& journal, Executor& executor)
      : journal_(journal), executor_(executor) {}

  /// Tells `found` of all who were given tokens of the grant, some at a time;
  /// of no more of them once the ledger cannot be read, which the log says.
  void Find(const GrantId& grant, Found found);

 private:
  struct Search {
    GrantId grant;
    Found found;
    /// Where to go on in the ledger's list.
    std::string after = {};
    /// What was found there, and where it goes on after that.
    std::vector<Actor> callers = {};
    std::string next = {};
  };
  using Searches = std::deque<Search>;

  static absl::Status LookUp(Searches& part, Ledger& ledger);
  // Unless that is under way.
  void LookUpSome();
  void Tell(Searches& part);

  Journal& journal_;
  Executor& executor_;

  std::mutex mutex_;
  Searches waiting_;         // Guarded by mutex_.
  bool looking_up_ = false;  // Guarded by mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_RECORDED_CALLERS_H_

// Who wants to hear of dead tokens, and telling them: each watcher hears of the
// grants whose tokens it says it holds, and of those whose tokens its subject
// was given, since the start or, as the ledger knows, before, and of no others.
// Fed with events as they become durable; tells them on the executor, so that
// the journal's thread waits for nobody.
// Thread-safe. Dependencies are borrowed and must outlive this object, the
// executor's tasks included.

#ifndef BURSAR_SERVER_CORE_REVOCATION_WATCH_H_
#define BURSAR_SERVER_CORE_REVOCATION_WATCH_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/deliveries.h"
#include "server/core/journal.h"
#include "server/core/notice_queue.h"
#include "server/core/observed_journal.h"
#include "server/core/recorded_callers.h"
#include "server/core/revocation_notice.h"

namespace bursar {

class RevocationWatch final : public EventObserver {
 public:
  using QueuePtr = std::shared_ptr<NoticeQueue>;

  /// One that watches.
  struct Watcher {
    RevocationWatch& watch;
    int64_t number = 0;
    Actor subject;
    std::vector<GrantId> held;
    QueuePtr queue;
  };
  struct Leave {
    void operator()(Watcher* watcher) const { watcher->watch.Remove(watcher); }
  };
  /// Whoever watches does so for as long as this is there, which must not
  /// outlive the RevocationWatch.
  using Watching = std::unique_ptr<Watcher, Leave>;

  RevocationWatch(Journal& journal, const Deliveries& deliveries,
                  Executor& executor, const Clock& clock)
      : journal_(journal),
        deliveries_(deliveries),
        executor_(executor),
        clock_(clock),
        recorded_(journal, executor) {}

  /// Tells `queue` from now on what `subject` should hear: first which of the
  /// `held` grants are dead already, then Synced; meanwhile and afterwards each
  /// as it dies. The queue must have room for all of `held`. Ends it with
  /// kCallerThrottled if the subject watches too often already, with
  /// kLedgerUnavailable if the ledger cannot be read, with kShuttingDown once
  /// closed, and with OK after an hour or so: whoever comes back is judged
  /// anew.
  Watching Watch(const Actor& subject, std::vector<GrantId> held,
                 QueuePtr queue);

  void Happened(const Event& event) override;

  /// Ends the queue of every watcher whose subject `why_not` has an error for,
  /// with that.
  void EndThose(
      const std::function<absl::Status(const Actor& subject)>& why_not);

  /// Ends every queue with kShuttingDown, and those of later watchers at once.
  void Close();

 private:
  using Watchers = absl::flat_hash_set<Watcher*>;
  using Numbers = absl::flat_hash_set<int64_t>;

  struct Subject {
    Watchers watchers;
    /// How many grants they hold, all together.
    std::size_t held = 0;
  };

  /// A notice on its way.
  struct Telling {
    RevocationNotice notice;
    Numbers told;  // Guarded by mutex_.
  };
  using TellingPtr = std::shared_ptr<Telling>;

  void Remove(Watcher* watcher);
  // Whether there may be more to tell.
  bool Add(Watcher* watcher);
  // Why nobody may watch, or this subject not once more. Wants mutex_ held.
  absl::Status WhyNot(const Watcher& watcher) const;
  void TellRecent(const Watcher& watcher,
                  const std::vector<RevocationNotice>& recent);
  void TellDead(const QueuePtr& queue, std::vector<GrantId> held);
  void Tell(const RevocationNotice& notice);
  // Tells those who should hear of it by now and have not been told.
  void TellOthers(const TellingPtr& telling);
  // As above, of those that name the grant and of these callers.
  void TellOthersOf(const std::vector<Actor>& callers, Telling& telling);
  // Wants mutex_ held.
  void Remember(const RevocationNotice& notice);

  Journal& journal_;
  const Deliveries& deliveries_;
  Executor& executor_;
  const Clock& clock_;
  RecordedCallers recorded_;

  std::mutex mutex_;
  // Guarded by mutex_.
  absl::flat_hash_map<Actor, Subject> by_subject_;
  absl::flat_hash_map<GrantId, Watchers> by_grant_;
  int64_t last_number_ = 0;
  bool closed_ = false;
  // What died a moment ago, for those who are about to watch.
  std::deque<RevocationNotice> recent_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REVOCATION_WATCH_H_

// A journal that tells of events once they are durable, whichever store of
// whichever ledger keeps them. Thread-safe. Borrows the journal and the
// observers, which must outlive it.

#ifndef BURSAR_SERVER_CORE_OBSERVED_JOURNAL_H_
#define BURSAR_SERVER_CORE_OBSERVED_JOURNAL_H_

#include <utility>
#include <vector>

#include "server/core/journal.h"
#include "server/core/types.h"

namespace bursar {

/// Port: whoever wants to know what happens, as it happens.
class EventObserver {
 public:
  virtual ~EventObserver() = default;

  /// `event` is durable, and whoever made it is told after this returns. Its id
  /// is not known here. Runs on a thread of the journal's and must not keep it
  /// waiting.
  virtual void Happened(const Event& event) = 0;
};

class ObservedJournal final : public Journal {
 public:
  /// Each event is told to the observers one after the other.
  ObservedJournal(Journal& journal, std::vector<EventObserver*> observers)
      : journal_(journal), observers_(std::move(observers)) {}

  void Write(Work work, Done done) override;
  void Read(Work work, Done done) override;

 private:
  Journal& journal_;
  const std::vector<EventObserver*> observers_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_OBSERVED_JOURNAL_H_

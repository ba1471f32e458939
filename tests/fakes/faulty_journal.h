// A journal over a real one, with a queue of faults: each write takes the next
// fault, and goes through unharmed where there is none. Reads go through until
// the test says otherwise.
// Thread-safe. Borrows the real journal.

#ifndef BURSAR_TESTS_FAKES_FAULTY_JOURNAL_H_
#define BURSAR_TESTS_FAKES_FAULTY_JOURNAL_H_

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "server/core/journal.h"

namespace bursar {

class FaultyJournal final : public Journal {
 public:
  /// What befalls one write; whatever is left out goes as it should.
  struct Fault {
    /// Told instead of running the work.
    std::optional<absl::Status> instead;
    /// Runs after the work, on the journal's thread, with nothing durable yet.
    std::function<void()> before_commit;
    /// Runs when the work is durable and nobody knows it yet.
    std::function<void()> after_commit;
    /// Told although the work is durable.
    std::optional<absl::Status> told;
  };

  explicit FaultyJournal(Journal& real) : real_(real) {}

  void Inject(Fault fault) {
    const std::lock_guard lock(mutex_);
    faults_.push_back(std::move(fault));
  }

  /// What reads are told from now on; OK: they go through.
  void AnswerReads(absl::Status status) {
    const std::lock_guard lock(mutex_);
    of_reads_ = std::move(status);
  }

  void Write(Work work, Done done) override {
    Fault fault = Next();
    if (fault.instead) {
      work = [status = *fault.instead](Ledger&) { return status; };
    }
    real_.Write(
        [work = std::move(work),
         before = std::move(fault.before_commit)](Ledger& ledger) mutable {
          absl::Status status = work(ledger);
          if (before && status.ok()) before();
          return status;
        },
        [done = std::move(done), after = std::move(fault.after_commit),
         told = std::move(fault.told)](absl::Status status) mutable {
          if (after && status.ok()) after();
          done(told && status.ok() ? *std::move(told) : std::move(status));
        });
  }

  void Read(Work work, Done done) override {
    {
      const std::lock_guard lock(mutex_);
      if (!of_reads_.ok()) {
        work = [status = of_reads_](Ledger&) { return status; };
      }
    }
    real_.Read(std::move(work), std::move(done));
  }

 private:
  Fault Next() {
    const std::lock_guard lock(mutex_);
    if (faults_.empty()) return {};
    Fault fault = std::move(faults_.front());
    faults_.pop_front();
    return fault;
  }

  Journal& real_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::deque<Fault> faults_;
  absl::Status of_reads_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_FAULTY_JOURNAL_H_

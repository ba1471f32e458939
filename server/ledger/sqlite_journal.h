// The journal over an SQLite ledger. Owns the ledger's file while it lives, and
// two threads: one runs the writes, as many as wait at a time in one commit,
// the other the reads on a connection of its own. Thread-safe.

#ifndef BURSAR_SERVER_LEDGER_SQLITE_JOURNAL_H_
#define BURSAR_SERVER_LEDGER_SQLITE_JOURNAL_H_

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/random.h"
#include "server/core/journal.h"
#include "server/core/notary.h"
#include "server/core/sealer.h"
#include "server/ledger/open_ledger.h"
#include "server/ledger/sqlite_ledger.h"

namespace bursar {

class SqliteJournal final : public Journal {
 public:
  struct Options {
    std::string path;
    /// Borrowed; must outlive the journal.
    const Sealer& sealer;
    /// Borrowed; used while opening.
    Random& random;
    /// Borrowed; must outlive the journal.
    const Notary& notary;
  };

  /// Opens the ledger at `path`, or makes a new one, and migrates an older one.
  /// Refuses as OpenLedger does.
  static absl::StatusOr<std::unique_ptr<SqliteJournal>> Open(
      const Options& options, absl::Time now);

  /// Ends once every work that was handed in is told, those handed in meanwhile
  /// by the told ones included.
  ~SqliteJournal() override;

  void Write(Work work, Done done) override;
  void Read(Work work, Done done) override;

 private:
  struct Job {
    Work work;
    Done done;
  };
  using Jobs = std::vector<Job>;
  /// What waits for one of the threads. Guarded by mutex_.
  struct Lane {
    Jobs waiting;
    std::condition_variable changed;
  };

  SqliteJournal(OpenedLedger opened, const Options& options,
                std::string holder);

  void HandIn(Lane& lane, Job job);
  /// Gives each batch that waits in `lane` to `run`, until the end.
  void Serve(Lane& lane, void (SqliteJournal::*run)(Jobs&));
  void RunWrites(Jobs& jobs);
  void RunReads(Jobs& jobs);

  OpenedLedger opened_;
  const std::string holder_;
  // Each used by one thread alone.
  SqliteLedger write_ledger_;
  SqliteLedger read_ledger_;

  std::mutex mutex_;
  Lane writes_;
  Lane reads_;
  // Guarded by mutex_: handed in and not told yet.
  std::size_t untold_ = 0;
  bool stopping_ = false;

  std::thread writer_;
  std::thread reader_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_SQLITE_JOURNAL_H_

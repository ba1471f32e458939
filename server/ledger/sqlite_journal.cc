#include "server/ledger/sqlite_journal.h"

#include <utility>

#include "absl/memory/memory.h"
#include "server/ledger/commit_together.h"

namespace bursar {
namespace {

constexpr std::size_t kHolderBytes = 12;

absl::Status ReadOne(Database& database, Ledger& ledger, Journal::Work& work) {
  const absl::Status begun = database.Query("BEGIN").Run();
  if (!begun.ok()) return begun;
  const absl::Status status = work(ledger);
  if (database.InTransaction()) {
    database.Query("ROLLBACK").Run().IgnoreError();
  }
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteJournal>> SqliteJournal::Open(
    const Options& options, absl::Time now) {
  absl::StatusOr<OpenedLedger> opened = OpenLedger(
      options.path, options.sealer, options.notary, options.random, now);
  if (!opened.ok()) return opened.status();
  return absl::WrapUnique(new SqliteJournal(
      *std::move(opened), options, RandomText(options.random, kHolderBytes)));
}

SqliteJournal::SqliteJournal(OpenedLedger opened, const Options& options,
                             std::string holder)
    : opened_(std::move(opened)),
      holder_(std::move(holder)),
      write_ledger_({*opened_.writer, options.sealer, opened_.digest_key,
                     holder_, options.notary, opened_.signing_key}),
      read_ledger_({*opened_.reader, options.sealer, opened_.digest_key,
                    holder_, options.notary, opened_.signing_key}),
      writer_([this] { Serve(writes_, &SqliteJournal::RunWrites); }),
      reader_([this] { Serve(reads_, &SqliteJournal::RunReads); }) {}

SqliteJournal::~SqliteJournal() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  writes_.changed.notify_all();
  reads_.changed.notify_all();
  writer_.join();
  reader_.join();
}

void SqliteJournal::Write(Work work, Done done) {
  HandIn(writes_, {std::move(work), std::move(done)});
}

void SqliteJournal::Read(Work work, Done done) {
  HandIn(reads_, {std::move(work), std::move(done)});
}

void SqliteJournal::HandIn(Lane& lane, Job job) {
  {
    const std::lock_guard lock(mutex_);
    lane.waiting.push_back(std::move(job));
    ++untold_;
  }
  lane.changed.notify_one();
}

void SqliteJournal::Serve(Lane& lane, void (SqliteJournal::*run)(Jobs&)) {
  std::unique_lock lock(mutex_);
  while (true) {
    lane.changed.wait(lock, [&] {
      return !lane.waiting.empty() || (stopping_ && untold_ == 0);
    });
    if (lane.waiting.empty()) return;
    Jobs jobs = std::exchange(lane.waiting, {});
    const std::size_t count = jobs.size();
    lock.unlock();
    (this->*run)(jobs);
    // What the jobs own goes here, not under the lock.
    jobs.clear();
    lock.lock();
    untold_ -= count;
    if (stopping_ && untold_ == 0) {
      writes_.changed.notify_all();
      reads_.changed.notify_all();
    }
  }
}

void SqliteJournal::RunWrites(Jobs& jobs) {
  std::vector<Work*> works;
  works.reserve(jobs.size());
  for (Job& job : jobs) works.push_back(&job.work);
  std::vector<absl::Status> ends =
      CommitTogether(*opened_.writer, write_ledger_, works);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].done(std::move(ends[i]));
  }
}

void SqliteJournal::RunReads(Jobs& jobs) {
  for (Job& job : jobs) {
    job.done(ReadOne(*opened_.reader, read_ledger_, job.work));
  }
}

}  // namespace bursar

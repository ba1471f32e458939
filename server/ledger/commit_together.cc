#include "server/ledger/commit_together.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

// Runs one work so that, if it fails, all it did is undone.
absl::Status RunOne(Database& database, Ledger& ledger, Journal::Work& work) {
  const absl::Status begun = database.Query("SAVEPOINT work").Run();
  if (!begun.ok()) return begun;
  absl::Status status = work(ledger);
  // Found out now, a broken reference costs one work; at the end, all of them.
  if (status.ok()) status = database.CheckReferences();
  if (status.ok()) return database.Query("RELEASE work").Run();
  if (!database.InTransaction()) return status;
  const absl::Status undone = database.Query("ROLLBACK TO work").Run();
  if (!undone.ok()) return undone;
  const absl::Status released = database.Query("RELEASE work").Run();
  return released.ok() ? status : released;
}

// Ends early when the whole transaction is lost.
absl::Status RunAll(Database& database, SqliteLedger& ledger,
                    absl::Span<Journal::Work* const> works,
                    std::vector<absl::Status>& ends) {
  const absl::Status begun = database.Query("BEGIN IMMEDIATE").Run();
  if (!begun.ok()) return begun;
  for (Journal::Work* work : works) {
    ends.push_back(RunOne(database, ledger, *work));
    if (!database.InTransaction()) return ends.back();
  }
  const absl::Status closed = ledger.BeforeCommit();
  if (!closed.ok()) return closed;
  return database.Query("COMMIT").Run();
}

absl::Status AsUnavailable(const Database& database,
                           const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  if (refusal && refusal->reason == Reason::kLedgerUnavailable) return status;
  return LedgerUnavailable(
      database.path(),
      absl::StrCat("nothing could be written: ", status.message()));
}

}  // namespace

std::vector<absl::Status> CommitTogether(
    Database& database, SqliteLedger& ledger,
    absl::Span<Journal::Work* const> works) {
  std::vector<absl::Status> ends;
  const absl::Status status = RunAll(database, ledger, works, ends);
  if (status.ok()) return ends;
  if (database.InTransaction()) {
    database.Query("ROLLBACK").Run().IgnoreError();
  }
  return std::vector<absl::Status>(works.size(),
                                   AsUnavailable(database, status));
}

}  // namespace bursar

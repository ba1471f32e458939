#include "server/ledger/audit_reader.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/chain_rows.h"
#include "server/ledger/migrate.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

absl::StatusOr<bool> HasChain(Database& database) {
  Statement row = database.Query(
      "SELECT count(*) FROM sqlite_schema WHERE name = 'event_ends'");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return row.Int(0) == 1;
}

absl::Status CheckIsChained(Database& database) {
  const auto version = SchemaVersion(database, SqliteMigrations());
  if (!version.ok()) return version.status();
  const auto chained = HasChain(database);
  if (!chained.ok()) return chained.status();
  if (*chained) return absl::OkStatus();
  return LedgerUnavailable(database.path(),
                           "its events are not chained: it is older than "
                           "that, until this bursard has opened it once");
}

absl::StatusOr<ChainEnds> ReadEnds(Database& database) {
  auto public_key = ReadPublicKey(database);
  if (!public_key.ok()) return public_key.status();
  auto cut = ReadEnd(database, "cut");
  if (!cut.ok()) return cut.status();
  return ChainEnds{*std::move(public_key), ChainMark(), *std::move(cut)};
}

// Whether the chain, which is whole, is the one that had that event.
absl::StatusOr<std::optional<ChainFlaw>> CheckKnown(
    Database& database, const ChainEnds& ends,
    const AuditExpectation::KnownEvent& known) {
  std::string hash;
  if (ends.cut && known.event == ends.cut->event) {
    hash = ends.cut->hash;
  } else if (ends.cut && known.event < ends.cut->event) {
    return absl::InvalidArgumentError(
        absl::StrCat("event ", known.event,
                     " was removed since, with all up "
                     "to ",
                     ends.cut->event, ": expect a newer one"));
  } else {
    Statement row =
        database.Query("SELECT hash FROM events WHERE id = ?", {known.event});
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (*found) hash = row.Text(0);
  }
  if (hash == known.hash) return std::nullopt;
  return ChainFlaw{
      hash.empty() ? ends.head.event + 1 : known.event,
      absl::StrCat("event ", known.event, hash.empty() ? " is missing" : "",
                   hash.empty() ? "" : " has another hash",
                   ": this is not the chain that had it")};
}

absl::StatusOr<AuditReport> Check(
    Database& database, const AuditExpectation& expected, const Notary& notary,
    const std::function<void(int64_t)>& progress) {
  if (absl::Status status = CheckIsChained(database); !status.ok()) {
    return status;
  }
  auto ends = ReadEnds(database);
  if (!ends.ok()) return ends.status();
  AuditReport report{*std::move(ends), std::nullopt};
  if (expected.public_key && *expected.public_key != report.ends.public_key) {
    report.flaw = {0, "the ledger names another public key than the one given"};
    return report;
  }
  ChainWalk walk(notary, report.ends.public_key, report.ends.cut);
  auto flaw = WalkChain(database, walk, std::nullopt, progress);
  if (!flaw.ok()) return flaw.status();
  report.flaw = *std::move(flaw);
  report.ends.head = walk.last();
  if (report.flaw || !expected.known) return report;
  flaw = CheckKnown(database, report.ends, *expected.known);
  if (!flaw.ok()) return flaw.status();
  report.flaw = *std::move(flaw);
  return report;
}

}  // namespace

absl::StatusOr<AuditReport> CheckAudit(
    const std::string& path, const AuditExpectation& expected,
    const Notary& notary, const std::function<void(int64_t)>& progress) {
  auto database = Database::OpenToRead(path);
  if (!database.ok()) return database.status();
  // One state, should somebody write meanwhile.
  const absl::Status begun = (*database)->Query("BEGIN").Run();
  if (!begun.ok()) return begun;
  return Check(**database, expected, notary, progress);
}

}  // namespace bursar

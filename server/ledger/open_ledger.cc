#include "server/ledger/open_ledger.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/begin_chain.h"
#include "server/ledger/ledger_file.h"
#include "server/ledger/migrate.h"
#include "server/ledger/store_context.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

constexpr std::size_t kDigestKeyBytes = 32;

SealedPlace DigestKeyPlace() { return PlaceOf("meta", "digest_key", 1); }

absl::Status CheckWhole(Database& database) {
  Statement row = database.Query("PRAGMA quick_check(1)");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (row.Text(0) == "ok") return absl::OkStatus();
  return LedgerUnavailable(database.path(), LedgerTrouble::kDamaged);
}

absl::StatusOr<Secret> ReadDigestKey(Database& database, const Sealer& sealer) {
  Statement row =
      database.Query("SELECT digest_key, digest_key_key_id FROM meta");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) {
    return LedgerUnavailable(database.path(), LedgerTrouble::kDamaged);
  }
  absl::StatusOr<Secret> key = OpenSecret(sealer, row, 0, DigestKeyPlace());
  if (key.ok()) return key;
  return ToStatus(
      {Reason::kKeyUnavailable,
       absl::StrCat("ledger ", database.path(),
                    ": the key file is not the one that it was "
                    "made with (",
                    key.status().message(), "): name that one, or restore it"),
       {},
       {},
       {}});
}

absl::Status WriteDigestKey(Database& database, const Sealer& sealer,
                            Random& random, absl::Time now) {
  std::string bytes(kDigestKeyBytes, '\0');
  random.Fill(absl::MakeSpan(reinterpret_cast<unsigned char*>(bytes.data()),
                             bytes.size()));
  const Sealed sealed =
      sealer.Seal(Secret::Take(std::move(bytes)), DigestKeyPlace());
  return database
      .Query("INSERT INTO meta VALUES (1, ?1, ?1, ?2, ?3)",
             {now, Blob{sealed.bytes}, sealed.key_id})
      .Run();
}

absl::Status Configure(Database& database) {
  Statement mode = database.Query("PRAGMA journal_mode = WAL");
  const absl::StatusOr<bool> found = mode.Next();
  if (!found.ok()) return found.status();
  if (mode.Text(0) != "wal") {
    return LedgerUnavailable(database.path(),
                             "its file system has no write-ahead logging: put "
                             "it on a local disk");
  }
  return database.Execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
      "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON");
}

// Besides what it notes, this write shows at once whether writing works.
absl::Status NoteOpened(Database& database, absl::Time now) {
  return database.Query("UPDATE meta SET opened = ?", {now}).Run();
}

absl::StatusOr<std::unique_ptr<Database>> OpenWriter(const std::string& path,
                                                     const Sealer& sealer,
                                                     Random& random,
                                                     absl::Time now) {
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(path);
  if (!opened.ok()) return opened;
  Database& database = **opened;
  const auto version = SchemaVersion(database, SqliteMigrations());
  if (!version.ok()) return version.status();
  if (*version > 0) {
    const absl::Status whole = CheckWhole(database);
    if (!whole.ok()) return whole;
    const auto key = ReadDigestKey(database, sealer);
    if (!key.ok()) return key.status();
  }
  absl::Status status = Configure(database);
  if (!status.ok()) return status;
  status = Migrate(database, SqliteMigrations());
  if (!status.ok()) return status;
  status = *version == 0 ? WriteDigestKey(database, sealer, random, now)
                         : NoteOpened(database, now);
  if (!status.ok()) return status;
  return opened;
}

absl::StatusOr<std::unique_ptr<Database>> OpenReader(const std::string& path) {
  absl::StatusOr<std::unique_ptr<Database>> reader = Database::Open(path);
  if (!reader.ok()) return reader;
  const absl::Status status = (*reader)->Execute("PRAGMA query_only = ON");
  if (!status.ok()) return status;
  return reader;
}

absl::StatusOr<OpenedLedger> Connect(FileLock lock, const std::string& path,
                                     const Sealer& sealer, const Notary& notary,
                                     Random& random, absl::Time now) {
  absl::StatusOr<std::unique_ptr<Database>> writer =
      OpenWriter(path, sealer, random, now);
  if (!writer.ok()) return writer.status();
  absl::StatusOr<Secret> key = ReadDigestKey(**writer, sealer);
  if (!key.ok()) return key.status();
  absl::StatusOr<Secret> signing_key =
      BeginChain(**writer, sealer, notary, now);
  if (!signing_key.ok()) return signing_key.status();
  absl::StatusOr<std::unique_ptr<Database>> reader = OpenReader(path);
  if (!reader.ok()) return reader.status();
  return OpenedLedger{std::move(lock), *std::move(writer), *std::move(reader),
                      *std::move(key), *std::move(signing_key)};
}

}  // namespace

absl::StatusOr<OpenedLedger> OpenLedger(const std::string& path,
                                        const Sealer& sealer,
                                        const Notary& notary, Random& random,
                                        absl::Time now) {
  const absl::Status folder = CheckFolder(path);
  if (!folder.ok()) return folder;
  absl::StatusOr<FileLock> lock = FileLock::Acquire(path);
  if (!lock.ok()) return lock.status();
  const absl::StatusOr<bool> is_new = EnsureFile(path);
  if (!is_new.ok()) return is_new.status();
  absl::StatusOr<OpenedLedger> ledger =
      Connect(*std::move(lock), path, sealer, notary, random, now);
  if (!ledger.ok() && *is_new) RemoveFiles(path);
  return ledger;
}

}  // namespace bursar

#include "server/ledger/migrate.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

// "burs"; the first migration writes it.
constexpr int64_t kApplicationId = 0x62757273;

absl::StatusOr<int64_t> ReadNumber(Database& database, absl::string_view sql) {
  Statement row = database.Query(sql);
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return row.Int(0);
}

absl::Status TooNew(const Database& database, int64_t version,
                    std::size_t known) {
  return LedgerUnavailable(
      database.path(),
      absl::StrCat("a newer bursard wrote it (schema ", version,
                   ", this one knows up to ", known,
                   "): run that version, or restore the copy that it kept, ",
                   database.path(), ".before-", version));
}

absl::Status CopyFailure(const std::string& path, int error) {
  if (error == ENOSPC || error == EDQUOT) {
    return LedgerUnavailable(path, LedgerTrouble::kDiskFull);
  }
  return LedgerUnavailable(
      path, absl::StrCat("no copy of it can be kept before its schema is "
                         "changed: ",
                         std::strerror(error)));
}

// Makes an empty file for its owner alone, which SQLite then fills.
bool MakeEmpty(const std::string& path) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  close(file);
  return true;
}

bool Flush(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool flushed = fsync(file) == 0;
  const int error = errno;
  close(file);
  errno = error;
  return flushed;
}

absl::Status KeepCopy(Database& database, int64_t version) {
  const std::string kept = absl::StrCat(database.path(), ".before-", version);
  const std::string partial = absl::StrCat(kept, ".partial");
  if (!MakeEmpty(partial)) return CopyFailure(database.path(), errno);
  const absl::Status status = database.Query("VACUUM INTO ?", {partial}).Run();
  if (!status.ok()) {
    unlink(partial.c_str());
    return status;
  }
  if (!Flush(partial) || std::rename(partial.c_str(), kept.c_str()) != 0) {
    const int error = errno;
    unlink(partial.c_str());
    return CopyFailure(database.path(), error);
  }
  return absl::OkStatus();
}

// While they were not enforced, a migration may have left some leading nowhere.
absl::Status CheckAllReferences(Database& database) {
  Statement row = database.Query("PRAGMA foreign_key_check");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return absl::OkStatus();
  return LedgerUnavailable(
      database.path(),
      absl::StrCat("its schema cannot be changed: table ", row.Text(0),
                   " refers to what is not there"));
}

absl::Status Apply(Database& database,
                   const std::vector<EmbeddedFile>& migrations,
                   int64_t version) {
  for (std::size_t i = version; i < migrations.size(); ++i) {
    const absl::Status status =
        database.Execute(std::string(migrations[i].content));
    if (!status.ok()) return status;
  }
  absl::Status status = database.Execute(
      absl::StrCat("PRAGMA user_version = ", migrations.size()));
  if (!status.ok()) return status;
  status = CheckAllReferences(database);
  if (!status.ok()) return status;
  return database.Execute("COMMIT");
}

absl::Status ApplyTogether(Database& database,
                           const std::vector<EmbeddedFile>& migrations,
                           int64_t version) {
  absl::Status status = database.Execute("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  status = Apply(database, migrations, version);
  if (!status.ok() && database.InTransaction()) {
    database.Execute("ROLLBACK").IgnoreError();
  }
  return status;
}

}  // namespace

absl::StatusOr<int64_t> SchemaVersion(
    Database& database, const std::vector<EmbeddedFile>& migrations) {
  const auto tables =
      ReadNumber(database, "SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables;
  const auto version = ReadNumber(database, "PRAGMA user_version");
  if (!version.ok()) return version;
  if (*tables == 0 && *version == 0) return 0;
  const auto id = ReadNumber(database, "PRAGMA application_id");
  if (!id.ok()) return id;
  if (*id != kApplicationId || *version < 1) {
    return LedgerUnavailable(database.path(), LedgerTrouble::kNotALedger);
  }
  if (*version > static_cast<int64_t>(migrations.size())) {
    return TooNew(database, *version, migrations.size());
  }
  return version;
}

absl::Status Migrate(Database& database,
                     const std::vector<EmbeddedFile>& migrations) {
  const absl::StatusOr<int64_t> version = SchemaVersion(database, migrations);
  if (!version.ok()) return version.status();
  if (*version == static_cast<int64_t>(migrations.size())) {
    return absl::OkStatus();
  }
  if (*version > 0) {
    const absl::Status kept = KeepCopy(database, *version);
    if (!kept.ok()) return kept;
  }
  // A table that others refer to can be made anew only without; and within a
  // transaction that cannot be changed.
  const absl::Status off = database.Execute("PRAGMA foreign_keys = OFF");
  if (!off.ok()) return off;
  const absl::Status applied = ApplyTogether(database, migrations, *version);
  const absl::Status on = database.Execute("PRAGMA foreign_keys = ON");
  return applied.ok() ? on : applied;
}

}  // namespace bursar

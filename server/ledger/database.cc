#include "server/ledger/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

// Binds one value; visited by the variant's cases.
struct Binder {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::monostate) const {
    return sqlite3_bind_null(statement, index);
  }
  int operator()(int64_t number) const {
    return sqlite3_bind_int64(statement, index, number);
  }
  int operator()(const std::string& text) const {
    return sqlite3_bind_text64(statement, index, text.data(), text.size(),
                               SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  int operator()(const Blob& blob) const {
    return sqlite3_bind_blob64(statement, index, blob.bytes.data(),
                               blob.bytes.size(), SQLITE_TRANSIENT);
  }
};

int Bind(sqlite3_stmt* statement, const std::vector<Value>& values) {
  int index = 0;
  for (const Value& value : values) {
    const int code = std::visit(Binder{statement, ++index}, value.variant());
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace

void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Database::Database(std::string path, sqlite3* handle)
    : path_(std::move(path)), handle_(handle) {}

Database::~Database() {
  prepared_.clear();
  sqlite3_close(handle_);
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(
    const std::string& path, absl::Duration patience) {
  return OpenAs(path, path, SQLITE_OPEN_READWRITE, patience);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenToRead(
    const std::string& path) {
  // Without a log beside it nobody writes and nothing but the file counts;
  // SQLite would want to make one all the same, unless it is told so.
  std::error_code error;
  const absl::string_view immutable =
      std::filesystem::exists(path + "-wal", error) ? "" : "?immutable=1";
  const std::string name = absl::StrCat(
      "file:",
      absl::StrReplaceAll(path, {{"%", "%25"}, {"?", "%3f"}, {"#", "%23"}}),
      immutable);
  return OpenAs(path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                absl::Seconds(10));
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenAs(
    const std::string& path, const std::string& name, int flags,
    absl::Duration patience) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      name.c_str(), &handle,
      flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  auto database = absl::WrapUnique(new Database(path, handle));
  if (code != SQLITE_OK) return database->Failure(code);
  sqlite3_busy_timeout(handle,
                       static_cast<int>(absl::ToInt64Milliseconds(patience)));
  // Not even a damaged or forged schema may reach beyond plain SQL.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return database;
}

absl::StatusOr<sqlite3_stmt*> Database::Prepare(absl::string_view sql) {
  const auto known = prepared_.find(sql);
  if (known != prepared_.end()) return known->second.get();
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return Failure(code);
  prepared_[sql].reset(statement);
  return statement;
}

Statement Database::Query(absl::string_view sql,
                          const std::vector<Value>& values) {
  const absl::StatusOr<sqlite3_stmt*> statement = Prepare(sql);
  if (!statement.ok()) return Statement(*this, nullptr, statement.status());
  const int code = Bind(*statement, values);
  return Statement(*this, *statement,
                   code == SQLITE_OK ? absl::OkStatus() : Failure(code));
}

absl::Status Database::Execute(const std::string& script) {
  const int code =
      sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : Failure(code);
}

int64_t Database::Changes() const { return sqlite3_changes64(handle_); }

bool Database::InTransaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

absl::Status Database::CheckReferences() const {
  int open = 0;
  int highest = 0;
  sqlite3_db_status(handle_, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0);
  if (open == 0) return absl::OkStatus();
  return absl::InternalError(
      "the write would have left a grant without its refresh token, or the "
      "other way round; nothing was written");
}

absl::Status Database::Failure(int code) const {
  const int error = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_);
  switch (code & 0xff) {
    case SQLITE_FULL:
      return LedgerUnavailable(path_, LedgerTrouble::kDiskFull);
    case SQLITE_READONLY:
      return LedgerUnavailable(path_, LedgerTrouble::kReadOnly);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return LedgerUnavailable(path_, LedgerTrouble::kLocked);
    case SQLITE_CORRUPT:
      return LedgerUnavailable(path_, LedgerTrouble::kDamaged);
    case SQLITE_NOTADB:
      return LedgerUnavailable(path_, LedgerTrouble::kNotALedger);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return LedgerUnavailable(path_, error == ENOSPC || error == EDQUOT
                                          ? LedgerTrouble::kDiskFull
                                          : LedgerTrouble::kInputOutput);
    default:
      // A mistake in this program: SQLite's message names tables and columns,
      // never a value.
      return absl::InternalError(absl::StrCat(
          "the ledger refused a statement: ",
          handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_)));
  }
}

}  // namespace bursar

// One connection to an SQLite database and the statements it runs; no other
// code includes sqlite3.h. Belongs to one thread at a time. Statements are
// prepared once and kept.

#ifndef BURSAR_SERVER_LEDGER_DATABASE_H_
#define BURSAR_SERVER_LEDGER_DATABASE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/ledger/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace bursar {

class Database;

/// A statement that is being run. Columns count from 0. Ready to be run again
/// by another Query once this object goes; until then its text must not be
/// queried again.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Goes to the next row; false after the last one.
  absl::StatusOr<bool> Next();

  /// Runs to the end, rows or not.
  absl::Status Run();

  bool IsNull(int column) const;
  int64_t Int(int column) const;
  /// Of TEXT or BLOB.
  std::string Text(int column) const;
  absl::Time Time(int column) const;
  std::optional<absl::Time> OptionalTime(int column) const;

 private:
  friend class Database;
  Statement(Database& database, sqlite3_stmt* statement, absl::Status status);

  Database* database_;
  sqlite3_stmt* statement_;  // Null where preparing it failed.
  absl::Status status_;
};

class Database {
 public:
  /// Opens the file at `path`, which must exist. Waits up to `patience` for
  /// other connections' locks.
  static absl::StatusOr<std::unique_ptr<Database>> Open(
      const std::string& path, absl::Duration patience = absl::Seconds(10));

  /// Opens the file at `path`, which is never written to. A file that others
  /// write to meanwhile needs its side files, and its folder to be writable.
  static absl::StatusOr<std::unique_ptr<Database>> OpenToRead(
      const std::string& path);

  Database(const Database&) = delete;
  ~Database();

  /// Prepares `sql`, one statement, and binds its parameters in order. What
  /// fails is told by the statement's Next or Run.
  Statement Query(absl::string_view sql, const std::vector<Value>& values = {});

  /// Runs every statement of `script`.
  absl::Status Execute(const std::string& script);

  /// How many rows the last INSERT, UPDATE or DELETE changed.
  int64_t Changes() const;

  /// Whether BEGIN is in force. Some failures end it unasked.
  bool InTransaction() const;

  /// INTERNAL while a reference that is checked at the transaction's end leads
  /// nowhere.
  absl::Status CheckReferences() const;

  const std::string& path() const { return path_; }

 private:
  friend class Statement;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  Database(std::string path, sqlite3* handle);

  static absl::StatusOr<std::unique_ptr<Database>> OpenAs(
      const std::string& path, const std::string& name, int flags,
      absl::Duration patience);

  absl::StatusOr<sqlite3_stmt*> Prepare(absl::string_view sql);
  absl::Status Failure(int code) const;

  const std::string path_;
  sqlite3* const handle_;
  absl::flat_hash_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>>
      prepared_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_DATABASE_H_

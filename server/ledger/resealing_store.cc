#include "server/ledger/resealing_store.h"

#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"

namespace bursar {
namespace {

// `sql` with $0 for the column, $1 for its table.
std::string About(const SealedColumn& column, absl::string_view sql) {
  return absl::Substitute(sql, column.column, column.table);
}

}  // namespace

absl::StatusOr<std::optional<SealedPosition>> SqliteResealingStore::NextKey(
    SealedPosition position) const {
  for (; position.column < std::size(kSealedColumns);
       position = {position.column + 1, "", 0}) {
    Statement row = context_.database.Query(
        About(kSealedColumns[position.column],
              "SELECT min($0_key_id) FROM $1 WHERE $0_key_id > ?"),
        {position.key_id});
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!row.IsNull(0)) return SealedPosition{position.column, row.Text(0), 0};
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<std::string>> SqliteResealingStore::KeysInUse() {
  std::set<std::string> ids;
  SealedPosition position;
  while (true) {
    const auto next = NextKey(position);
    if (!next.ok()) return next.status();
    if (!*next) return std::vector<std::string>(ids.begin(), ids.end());
    position = **next;
    ids.insert(position.key_id);
  }
}

absl::StatusOr<SealedStretch> SqliteResealingStore::Count(
    const SealedPosition& from, int64_t limit) {
  SealedStretch stretch;
  stretch.next = from;
  while (stretch.next && limit > 0) {
    SealedPosition& position = *stretch.next;
    Statement row = context_.database.Query(
        About(kSealedColumns[position.column],
              "SELECT count(*), max(number) FROM (SELECT number FROM $1 "
              "WHERE $0_key_id = ? AND number > ? ORDER BY number LIMIT ?)"),
        {position.key_id, position.number, limit});
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    const int64_t count = row.Int(0);
    if (count > 0) {
      stretch.counts[position.key_id] += count;
      position.number = row.Int(1);
      limit -= count;
    }
    if (limit == 0) break;
    auto next = NextKey(position);
    if (!next.ok()) return next.status();
    stretch.next = *std::move(next);
  }
  return stretch;
}

absl::StatusOr<ResealedStretch> SqliteResealingStore::Reseal(
    const SealedPosition& from, int64_t limit) {
  const std::string primary = context_.sealer.KeyIds().front();
  ResealedStretch stretch;
  stretch.next = from;
  while (stretch.next && limit > 0) {
    SealedPosition& position = *stretch.next;
    const SealedColumn& column = kSealedColumns[position.column];
    if (position.key_id != primary) {
      const auto rows = RowsAfter(position, limit);
      if (!rows.ok()) return rows.status();
      for (const Row& row : *rows) {
        const absl::StatusOr<bool> resealed = ResealOne(column, row);
        if (!resealed.ok()) return resealed.status();
        ++(*resealed ? stretch.resealed : stretch.unopened[position.key_id]);
        position.number = row.number;
        --limit;
      }
    }
    if (limit == 0) break;
    auto next = NextKey(position);
    if (!next.ok()) return next.status();
    stretch.next = *std::move(next);
  }
  const absl::Status noted =
      context_.database
          .Query("UPDATE resealing SET resealed = resealed + ?",
                 {stretch.resealed})
          .Run();
  if (!noted.ok()) return noted;
  return stretch;
}

// All at once: a row that is sealed anew leaves its place in the index.
absl::StatusOr<std::vector<SqliteResealingStore::Row>>
SqliteResealingStore::RowsAfter(const SealedPosition& position,
                                int64_t limit) const {
  Statement row = context_.database.Query(
      About(kSealedColumns[position.column],
            "SELECT number, $0 FROM $1 "
            "WHERE $0_key_id = ? AND number > ? ORDER BY number LIMIT ?"),
      {position.key_id, position.number, limit});
  std::vector<Row> rows;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return rows;
    rows.push_back({row.Int(0), {position.key_id, row.Text(1)}});
  }
}

absl::StatusOr<bool> SqliteResealingStore::ResealOne(const SealedColumn& column,
                                                     const Row& row) {
  const SealedPlace place = PlaceOf(column.table, column.column, row.number);
  const absl::StatusOr<Secret> secret = context_.sealer.Open(row.sealed, place);
  if (!secret.ok()) return false;
  Sealed sealed = context_.sealer.Seal(*secret, place);
  const absl::Status status =
      context_.database
          .Query(About(column,
                       "UPDATE $1 SET $0 = ?, $0_key_id = ? WHERE number = ?"),
                 {Blob{std::move(sealed.bytes)}, sealed.key_id, row.number})
          .Run();
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<bool> SqliteResealingStore::Begin(absl::Time now) {
  const absl::Status status =
      context_.database
          .Query(
              "INSERT INTO resealing (number, begun, resealed) "
              "VALUES (1, ?, 0) ON CONFLICT DO NOTHING",
              {now})
          .Run();
  if (!status.ok()) return status;
  return context_.database.Changes() > 0;
}

absl::StatusOr<std::optional<ResealingNote>> SqliteResealingStore::Begun() {
  Statement row =
      context_.database.Query("SELECT begun, resealed FROM resealing");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return std::nullopt;
  return ResealingNote{row.Time(0), row.Int(1)};
}

absl::Status SqliteResealingStore::End() {
  return context_.database.Query("DELETE FROM resealing").Run();
}

}  // namespace bursar

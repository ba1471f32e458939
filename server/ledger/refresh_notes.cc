#include "server/ledger/refresh_notes.h"

namespace bursar {

absl::StatusOr<bool> WriteNote(const StoreContext& context, int64_t grant,
                               int64_t generation, absl::Time now) {
  Statement row = context.database.Query(
      "INSERT INTO refresh_notes "
      "(grant_number, generation, holder, started, outcome_unknown) "
      "VALUES (?, ?, ?, ?, 0) "
      "ON CONFLICT (grant_number) DO UPDATE SET generation = "
      "excluded.generation, holder = excluded.holder, outcome_unknown = 1 "
      "RETURNING outcome_unknown",
      {grant, generation, context.holder, now});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  const bool unknown = row.Int(0) != 0;
  const absl::Status status = row.Run();
  if (!status.ok()) return status;
  return unknown;
}

absl::Status EndNote(const StoreContext& context, int64_t grant) {
  return context.database
      .Query("DELETE FROM refresh_notes WHERE grant_number = ? AND holder = ?",
             {grant, context.holder})
      .Run();
}

absl::Status DoubtNote(const StoreContext& context, int64_t grant) {
  return context.database
      .Query(
          "UPDATE refresh_notes SET outcome_unknown = 1 "
          "WHERE grant_number = ? AND holder = ?",
          {grant, context.holder})
      .Run();
}

absl::Status EndNoteUnlessDoubted(const StoreContext& context, int64_t grant) {
  return context.database
      .Query(
          "DELETE FROM refresh_notes WHERE grant_number = ? "
          "AND holder = ? AND outcome_unknown = 0",
          {grant, context.holder})
      .Run();
}

}  // namespace bursar

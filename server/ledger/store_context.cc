#include "server/ledger/store_context.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"

namespace bursar {

SealedPlace PlaceOf(absl::string_view table, absl::string_view column,
                    int64_t number) {
  return {table, column, absl::StrCat(number)};
}

absl::StatusOr<Secret> OpenSecret(const Sealer& sealer,
                                  const Statement& statement, int column,
                                  const SealedPlace& place) {
  absl::StatusOr<Secret> secret =
      sealer.Open({statement.Text(column + 1), statement.Text(column)}, place);
  if (secret.ok()) return secret;
  return ToStatus({Reason::kKeyUnavailable,
                   std::string(secret.status().message()),
                   {},
                   {},
                   {}});
}

bool IsKeyUnavailable(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  return refusal && refusal->reason == Reason::kKeyUnavailable;
}

Blob DigestOf(const StoreContext& context, const Secret& secret) {
  return {context.sealer.Digest(context.digest_key, secret)};
}

absl::StatusOr<int64_t> NextNumber(Database& database,
                                   absl::string_view table) {
  Statement row = database.Query(
      "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = ?",
      {table});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return row.Int(0);
}

}  // namespace bursar

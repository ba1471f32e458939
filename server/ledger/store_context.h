// What every store of an SqliteLedger works with, and how secrets get into rows
// and out of them. Borrows everything; belongs to one connection and its
// thread.

#ifndef BURSAR_SERVER_LEDGER_STORE_CONTEXT_H_
#define BURSAR_SERVER_LEDGER_STORE_CONTEXT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"
#include "server/core/notary.h"
#include "server/core/sealer.h"
#include "server/ledger/database.h"

namespace bursar {

struct StoreContext {
  Database& database;
  const Sealer& sealer;
  const Secret& digest_key;
  /// This process, in the notes of the refreshes that it begins.
  const std::string& holder;
  const Notary& notary;
  /// What the chain of events is signed with.
  const Secret& signing_key;
};

/// A secret's column in the row of that number.
SealedPlace PlaceOf(absl::string_view table, absl::string_view column,
                    int64_t number);

/// Opens the secret whose bytes and key id are the statement's columns `column`
/// and `column + 1`. Refuses with kKeyUnavailable.
absl::StatusOr<Secret> OpenSecret(const Sealer& sealer,
                                  const Statement& statement, int column,
                                  const SealedPlace& place);

/// Whether it is a refusal with kKeyUnavailable.
bool IsKeyUnavailable(const absl::Status& status);

/// What a secret is found by.
Blob DigestOf(const StoreContext& context, const Secret& secret);

/// The number that the table's next row is to have. A secret is sealed for its
/// row, so the number must be known before.
absl::StatusOr<int64_t> NextNumber(Database& database, absl::string_view table);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_STORE_CONTEXT_H_

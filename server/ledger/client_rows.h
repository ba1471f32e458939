// Rows of the table of clients, for the stores that meet them. No locking.

#ifndef BURSAR_SERVER_LEDGER_CLIENT_ROWS_H_
#define BURSAR_SERVER_LEDGER_CLIENT_ROWS_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/core/types.h"
#include "server/ledger/store_context.h"

namespace bursar {

/// What ReadClient reads, of the table named c.
inline constexpr char kClientColumns[] =
    "c.number, c.name, c.provider, c.client_id, c.data_center, "
    "c.redirect_uri, c.default_scopes, c.secret IS NOT NULL, c.revision, "
    "c.created, c.updated, c.misconfigured_error, c.misconfigured_seen";

struct ClientRow {
  int64_t number = 0;
  Client client;
};

/// Reads kClientColumns, the first of which is the statement's first.
ClientRow ReadClient(const Statement& row);

/// The client of that name. Returns NOT_FOUND if there is none, or it is
/// deleted.
absl::StatusOr<ClientRow> FindClient(Database& database,
                                     const ClientName& name);

/// The client of that number, deleted or not.
absl::StatusOr<ClientRow> ClientNumbered(Database& database, int64_t number);

/// A client's secret, if it has one.
absl::StatusOr<std::optional<Secret>> ClientSecret(const StoreContext& context,
                                                   int64_t number);

/// Wipes a deleted client's secret once no revocation needs it any more.
absl::Status WipeUnneededSecret(Database& database, int64_t number);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_CLIENT_ROWS_H_

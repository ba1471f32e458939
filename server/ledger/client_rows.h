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
    "c.created, c.updated, c.response_type";

struct ClientRow {
  int64_t number = 0;
  Client client;
};

/// Reads kClientColumns, the first of which is the statement's first: all of a
/// client but what AddDataCenters adds.
ClientRow ReadClient(const Statement& row);

/// Adds what the client has at single data centres.
absl::Status AddDataCenters(Database& database, ClientRow& row);

/// The client of that name. Returns NOT_FOUND if there is none, or it is
/// deleted.
absl::StatusOr<ClientRow> FindClient(Database& database,
                                     const ClientName& name);

/// The client of that number, deleted or not.
absl::StatusOr<ClientRow> ClientNumbered(Database& database, int64_t number);

/// The secret that a client presents at the data centre, if it has one.
absl::StatusOr<std::optional<Secret>> ClientSecret(
    const StoreContext& context, int64_t number, const DataCenter& data_center);

/// Wipes a deleted client's secrets once no revocation needs them any more.
absl::Status WipeUnneededSecrets(Database& database, int64_t number);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_CLIENT_ROWS_H_

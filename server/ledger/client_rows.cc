#include "server/ledger/client_rows.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/names.h"

namespace bursar {
namespace {

absl::StatusOr<ClientRow> ReadOne(Database& database, Statement row) {
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotFound("client", "there is no such client");
  ClientRow client = ReadClient(row);
  const absl::Status status = AddDataCenters(database, client);
  if (!status.ok()) return status;
  return client;
}

// The secret in the row's first two columns, if there is one.
absl::StatusOr<std::optional<Secret>> SecretIn(const StoreContext& context,
                                               Statement row,
                                               absl::string_view table) {
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found || row.IsNull(0)) return std::nullopt;
  return OpenSecret(context.sealer, row, 0,
                    PlaceOf(table, "secret", row.Int(2)));
}

}  // namespace

ClientRow ReadClient(const Statement& row) {
  ClientRow result;
  result.number = row.Int(0);
  Client& client = result.client;
  client.name = ClientName(row.Text(1));
  client.provider = ProviderName(row.Text(2));
  client.client_id = row.Text(3);
  client.data_center = DataCenter(row.Text(4));
  client.redirect_uri = row.Text(5);
  client.default_scopes = Scopes::Parse(row.Text(6));
  client.has_secret = row.Int(7) != 0;
  client.revision = row.Int(8);
  client.created = row.Time(9);
  client.updated = row.Time(10);
  client.response_type = ResponseTypeNamed(row.Text(11));
  return result;
}

absl::Status AddDataCenters(Database& database, ClientRow& row) {
  Statement rows = database.Query(
      "SELECT data_center, secret IS NOT NULL, misconfigured_error, "
      "misconfigured_seen FROM client_data_centers WHERE client = ? "
      "ORDER BY data_center",
      {row.number});
  while (true) {
    const absl::StatusOr<bool> found = rows.Next();
    if (!found.ok()) return found.status();
    if (!*found) return absl::OkStatus();
    const DataCenter data_center(rows.Text(0));
    if (rows.Int(1) != 0) row.client.secret_data_centers.push_back(data_center);
    if (!rows.IsNull(2)) {
      row.client.misconfigured[data_center] = {rows.Text(2), rows.Time(3)};
    }
  }
}

absl::StatusOr<ClientRow> FindClient(Database& database,
                                     const ClientName& name) {
  static const std::string& sql = *new std::string(
      absl::StrCat("SELECT ", kClientColumns,
                   " FROM clients c WHERE name = ? AND deleted IS NULL"));
  return ReadOne(database, database.Query(sql, {name}));
}

absl::StatusOr<ClientRow> ClientNumbered(Database& database, int64_t number) {
  static const std::string& sql = *new std::string(absl::StrCat(
      "SELECT ", kClientColumns, " FROM clients c WHERE number = ?"));
  return ReadOne(database, database.Query(sql, {number}));
}

absl::StatusOr<std::optional<Secret>> ClientSecret(
    const StoreContext& context, int64_t number,
    const DataCenter& data_center) {
  auto own = SecretIn(
      context,
      context.database.Query(
          "SELECT secret, secret_key_id, number FROM client_data_centers "
          "WHERE client = ? AND data_center = ?",
          {number, data_center}),
      "client_data_centers");
  if (!own.ok() || *own) return own;
  return SecretIn(
      context,
      context.database.Query(
          "SELECT secret, secret_key_id, number FROM clients WHERE number = ?",
          {number}),
      "clients");
}

absl::Status WipeUnneededSecrets(Database& database, int64_t number) {
  Statement row = database.Query(
      "SELECT * FROM clients c WHERE number = ? AND deleted IS NOT NULL "
      "AND NOT EXISTS ("
      "  SELECT * FROM refresh_tokens t "
      "  JOIN grants g ON g.number = t.grant_number "
      "  WHERE g.client = c.number AND t.revocation = 'pending')",
      {number});
  const absl::StatusOr<bool> unneeded = row.Next();
  if (!unneeded.ok() || !*unneeded) return unneeded.status();
  const absl::Status status =
      database
          .Query("DELETE FROM client_data_centers WHERE client = ?", {number})
          .Run();
  if (!status.ok()) return status;
  return database
      .Query(
          "UPDATE clients SET secret = NULL, secret_key_id = NULL "
          "WHERE number = ?",
          {number})
      .Run();
}

}  // namespace bursar

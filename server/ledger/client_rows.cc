#include "server/ledger/client_rows.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::StatusOr<ClientRow> ReadOne(Statement row) {
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotFound("client", "there is no such client");
  return ReadClient(row);
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
  if (!row.IsNull(11)) client.misconfigured = {row.Text(11), row.Time(12)};
  return result;
}

absl::StatusOr<ClientRow> FindClient(Database& database,
                                     const ClientName& name) {
  static const std::string& sql = *new std::string(
      absl::StrCat("SELECT ", kClientColumns,
                   " FROM clients c WHERE name = ? AND deleted IS NULL"));
  return ReadOne(database.Query(sql, {name}));
}

absl::StatusOr<ClientRow> ClientNumbered(Database& database, int64_t number) {
  static const std::string& sql = *new std::string(absl::StrCat(
      "SELECT ", kClientColumns, " FROM clients c WHERE number = ?"));
  return ReadOne(database.Query(sql, {number}));
}

absl::StatusOr<std::optional<Secret>> ClientSecret(const StoreContext& context,
                                                   int64_t number) {
  Statement row = context.database.Query(
      "SELECT secret, secret_key_id FROM clients WHERE number = ?", {number});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found || row.IsNull(0)) return std::nullopt;
  return OpenSecret(context.sealer, row, 0,
                    PlaceOf("clients", "secret", number));
}

absl::Status WipeUnneededSecret(Database& database, int64_t number) {
  return database
      .Query(
          "UPDATE clients SET secret = NULL, secret_key_id = NULL "
          "WHERE number = ? AND deleted IS NOT NULL AND NOT EXISTS ("
          "  SELECT * FROM refresh_tokens t "
          "  JOIN grants g ON g.number = t.grant_number "
          "  WHERE g.client = clients.number AND t.revocation = 'pending')",
          {number})
      .Run();
}

}  // namespace bursar

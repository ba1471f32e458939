#include "server/ledger/client_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/client_rows.h"
#include "server/ledger/listing.h"
#include "server/ledger/names.h"

namespace bursar {
namespace {

absl::Status NameTaken() {
  return ToStatus({Reason::kResourceExists,
                   "there is a client of that name",
                   {},
                   {},
                   {{"resource", "client"}}});
}

absl::Status InUse() {
  return ToStatus({Reason::kClientInUse,
                   "the client has active grants: revoke them first",
                   {},
                   {},
                   {}});
}

absl::Status ForgetMisconfigurations(Database& database, int64_t client) {
  for (const char* forget :
       {"DELETE FROM client_data_centers "
        "WHERE client = ? AND secret IS NULL",
        "UPDATE client_data_centers SET misconfigured_error = NULL, "
        "misconfigured_seen = NULL WHERE client = ?"}) {
    const absl::Status status = database.Query(forget, {client}).Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> HasActiveGrants(Database& database, int64_t client) {
  Statement row = database.Query(
      "SELECT * FROM grants WHERE client = ? AND state = 'active' LIMIT 1",
      {client});
  return row.Next();
}

}  // namespace

absl::StatusOr<Client> SqliteClientStore::Create(
    const Client& client, const std::optional<Secret>& secret, absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<ClientRow> taken = FindClient(database, client.name);
  if (taken.ok()) return NameTaken();
  if (!absl::IsNotFound(taken.status())) return taken.status();
  const absl::StatusOr<int64_t> number = NextNumber(database, "clients");
  if (!number.ok()) return number.status();
  std::optional<Sealed> sealed;
  if (secret) {
    sealed =
        context_.sealer.Seal(*secret, PlaceOf("clients", "secret", *number));
  }
  const absl::Status status =
      database
          .Query(
              "INSERT INTO clients (number, name, provider, client_id, "
              "data_center, redirect_uri, default_scopes, response_type, "
              "secret, secret_key_id, created, updated) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              {*number, client.name, client.provider, client.client_id,
               client.data_center, client.redirect_uri, client.default_scopes,
               NameOf(client.response_type),
               sealed ? Value(Blob{sealed->bytes}) : Value(std::nullopt),
               sealed ? Value(sealed->key_id) : Value(std::nullopt), now, now})
          .Run();
  if (!status.ok()) return status;
  return Get(client.name);
}

absl::StatusOr<Client> SqliteClientStore::Get(const ClientName& name) {
  absl::StatusOr<ClientRow> row = FindClient(context_.database, name);
  if (!row.ok()) return row.status();
  return std::move(row->client);
}

absl::StatusOr<Page<Client>> SqliteClientStore::List(const ClientFilter& filter,
                                                     const PageRequest& page) {
  const auto after = DecodeCursor("clients", page.after);
  if (!after.ok()) return after.status();
  Where where;
  where.AndIf("c.provider = ?", filter.provider);
  where.AndIf("c.name > ?", *after);
  where.And("c.deleted IS NULL");
  auto rows =
      ReadPage(context_.database.Query(
                   absl::StrCat("SELECT ", kClientColumns, " FROM clients c",
                                where.sql(), " ORDER BY c.name"),
                   where.values()),
               page, "clients", ReadClient,
               [](const Statement& row) { return row.Text(1); });
  if (!rows.ok()) return rows.status();
  Page<Client> clients;
  clients.next = std::move(rows->next);
  for (ClientRow& row : rows->items) {
    const absl::Status status = AddDataCenters(context_.database, row);
    if (!status.ok()) return status;
    clients.items.push_back(std::move(row.client));
  }
  return clients;
}

absl::StatusOr<Client> SqliteClientStore::Update(const Client& client,
                                                 absl::Time now) {
  const absl::StatusOr<ClientRow> row =
      FindClient(context_.database, client.name);
  if (!row.ok()) return row.status();
  if (client.revision != 0 && client.revision != row->client.revision) {
    return ToStatus({Reason::kEtagStale,
                     "the client was changed since it was read: read it again",
                     {},
                     {},
                     {}});
  }
  absl::Status status =
      context_.database
          .Query(
              "UPDATE clients SET client_id = ?, data_center = ?, "
              "redirect_uri = ?, default_scopes = ?, "
              "revision = revision + 1, updated = ? WHERE number = ?",
              {client.client_id, client.data_center, client.redirect_uri,
               client.default_scopes, now, row->number})
          .Run();
  if (!status.ok()) return status;
  status = ForgetMisconfigurations(context_.database, row->number);
  if (!status.ok()) return status;
  return Get(client.name);
}

absl::Status SqliteClientStore::Delete(const ClientName& name, absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<ClientRow> row = FindClient(database, name);
  if (!row.ok()) return row.status();
  const absl::StatusOr<bool> in_use = HasActiveGrants(database, row->number);
  if (!in_use.ok()) return in_use.status();
  if (*in_use) return InUse();
  absl::Status status =
      database
          .Query("UPDATE clients SET deleted = ?, updated = ? WHERE number = ?",
                 {now, now, row->number})
          .Run();
  if (!status.ok()) return status;
  // Nobody can complete them any more.
  for (const char* forget : {"DELETE FROM consents WHERE client = ?",
                             "DELETE FROM device_consents WHERE client = ?"}) {
    status = database.Query(forget, {row->number}).Run();
    if (!status.ok()) return status;
  }
  return WipeUnneededSecrets(database, row->number);
}

}  // namespace bursar

#include "server/ledger/client_secret_store.h"

#include <utility>

#include "server/core/reason.h"
#include "server/ledger/client_rows.h"

namespace bursar {

absl::StatusOr<std::optional<Secret>> SqliteClientSecretStore::Get(
    const ClientName& name, const DataCenter& data_center) {
  const absl::StatusOr<ClientRow> row = FindClient(context_.database, name);
  if (!row.ok()) return row.status();
  return ClientSecret(context_, row->number, data_center);
}

absl::StatusOr<Client> SqliteClientSecretStore::Replace(
    const ClientName& name, const DataCenter& data_center, const Secret& secret,
    absl::Time now) {
  const absl::StatusOr<ClientRow> row = FindClient(context_.database, name);
  if (!row.ok()) return row.status();
  const absl::Status status =
      data_center.empty() ? ReplaceShared(row->number, secret)
                          : ReplaceOwn(row->number, data_center, secret);
  if (!status.ok()) return status;
  return Changed(row->number, now);
}

absl::Status SqliteClientSecretStore::ReplaceShared(int64_t client,
                                                    const Secret& secret) {
  const Sealed sealed =
      context_.sealer.Seal(secret, PlaceOf("clients", "secret", client));
  const absl::Status status =
      context_.database
          .Query(
              "UPDATE clients SET secret = ?, secret_key_id = ? "
              "WHERE number = ?",
              {Blob{sealed.bytes}, sealed.key_id, client})
          .Run();
  if (!status.ok()) return status;
  // What was rejected where this one serves.
  return context_.database
      .Query(
          "DELETE FROM client_data_centers "
          "WHERE client = ? AND secret IS NULL",
          {client})
      .Run();
}

// In a new row: what was sealed, and rejected, in the old one is forgotten.
absl::Status SqliteClientSecretStore::ReplaceOwn(int64_t client,
                                                 const DataCenter& data_center,
                                                 const Secret& secret) {
  Database& database = context_.database;
  const absl::Status forgotten = database
                                     .Query(
                                         "DELETE FROM client_data_centers "
                                         "WHERE client = ? AND data_center = ?",
                                         {client, data_center})
                                     .Run();
  if (!forgotten.ok()) return forgotten;
  const absl::StatusOr<int64_t> number =
      NextNumber(database, "client_data_centers");
  if (!number.ok()) return number.status();
  const Sealed sealed = context_.sealer.Seal(
      secret, PlaceOf("client_data_centers", "secret", *number));
  return database
      .Query(
          "INSERT INTO client_data_centers "
          "(number, client, data_center, secret, secret_key_id) "
          "VALUES (?, ?, ?, ?, ?)",
          {*number, client, data_center, Blob{sealed.bytes}, sealed.key_id})
      .Run();
}

absl::StatusOr<Client> SqliteClientSecretStore::Remove(
    const ClientName& name, const DataCenter& data_center, absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<ClientRow> row = FindClient(database, name);
  if (!row.ok()) return row.status();
  const absl::Status status =
      database
          .Query(
              "DELETE FROM client_data_centers "
              "WHERE client = ? AND data_center = ? AND secret IS NOT NULL",
              {row->number, data_center})
          .Run();
  if (!status.ok()) return status;
  if (database.Changes() == 0) {
    return NotFound("client_secret",
                    "the client has no secret of its own there");
  }
  return Changed(row->number, now);
}

absl::StatusOr<Client> SqliteClientSecretStore::Changed(int64_t client,
                                                        absl::Time now) {
  const absl::Status status =
      context_.database
          .Query(
              "UPDATE clients SET revision = revision + 1, updated = ? "
              "WHERE number = ?",
              {now, client})
          .Run();
  if (!status.ok()) return status;
  absl::StatusOr<ClientRow> changed = ClientNumbered(context_.database, client);
  if (!changed.ok()) return changed.status();
  return std::move(changed->client);
}

absl::Status SqliteClientSecretStore::MarkMisconfigured(
    const ClientName& name, const DataCenter& data_center, int64_t revision,
    const std::string& detail, absl::Time now) {
  return context_.database
      .Query(
          "INSERT INTO client_data_centers "
          "(client, data_center, misconfigured_error, misconfigured_seen) "
          "SELECT number, ?, ?, ? FROM clients "
          "WHERE name = ? AND deleted IS NULL AND revision = ? "
          "ON CONFLICT (client, data_center) DO UPDATE SET "
          "misconfigured_error = excluded.misconfigured_error, "
          "misconfigured_seen = excluded.misconfigured_seen",
          {data_center, detail, now, name, revision})
      .Run();
}

}  // namespace bursar

#include "server/ledger/client_secret_store.h"

#include <utility>

#include "server/ledger/client_rows.h"

namespace bursar {

absl::StatusOr<std::optional<Secret>> SqliteClientSecretStore::Get(
    const ClientName& name) {
  const absl::StatusOr<ClientRow> row = FindClient(context_.database, name);
  if (!row.ok()) return row.status();
  return ClientSecret(context_, row->number);
}

absl::StatusOr<Client> SqliteClientSecretStore::Replace(const ClientName& name,
                                                        const Secret& secret,
                                                        absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<ClientRow> row = FindClient(database, name);
  if (!row.ok()) return row.status();
  const Sealed sealed =
      context_.sealer.Seal(secret, PlaceOf("clients", "secret", row->number));
  const absl::Status status =
      database
          .Query(
              "UPDATE clients SET secret = ?, secret_key_id = ?, "
              "revision = revision + 1, updated = ?, "
              "misconfigured_error = NULL, misconfigured_seen = NULL "
              "WHERE number = ?",
              {Blob{sealed.bytes}, sealed.key_id, now, row->number})
          .Run();
  if (!status.ok()) return status;
  absl::StatusOr<ClientRow> updated = ClientNumbered(database, row->number);
  if (!updated.ok()) return updated.status();
  return std::move(updated->client);
}

absl::Status SqliteClientSecretStore::MarkMisconfigured(
    const ClientName& name, int64_t revision, const std::string& detail,
    absl::Time now) {
  return context_.database
      .Query(
          "UPDATE clients "
          "SET misconfigured_error = ?, misconfigured_seen = ? "
          "WHERE name = ? AND deleted IS NULL AND revision = ?",
          {detail, now, name, revision})
      .Run();
}

}  // namespace bursar

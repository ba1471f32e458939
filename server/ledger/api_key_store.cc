#include "server/ledger/api_key_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/listing.h"

namespace bursar {
namespace {

constexpr absl::string_view kApiKeyColumns =
    "number, id, name, actor, created, expiry, last_used, revoked";

ApiKey ReadApiKey(const Statement& row) {
  ApiKey key;
  key.id = ApiKeyId(row.Text(1));
  key.name = row.Text(2);
  key.actor = Actor(row.Text(3));
  key.created = row.Time(4);
  key.expiry = row.Time(5);
  key.last_used = row.OptionalTime(6);
  key.revoked = row.OptionalTime(7);
  return key;
}

}  // namespace

absl::Status SqliteApiKeyStore::Add(const KnownApiKey& known) {
  const ApiKey& key = known.key;
  absl::Status status =
      context_.database
          .Query(
              "INSERT INTO api_keys (id, name, digest, actor, created, expiry) "
              "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
              {key.id, key.name, Blob{known.digest}, key.actor, key.created,
               key.expiry})
          .Run();
  if (!status.ok()) return status;
  if (context_.database.Changes() == 0) {
    return absl::AlreadyExistsError("there is an API key of that id");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<KnownApiKey>> SqliteApiKeyStore::Living(
    absl::Time now) {
  Statement rows = context_.database.Query(
      absl::StrCat("SELECT ", kApiKeyColumns,
                   ", digest FROM api_keys "
                   "WHERE revoked IS NULL AND expiry > ?"),
      {now});
  std::vector<KnownApiKey> keys;
  while (true) {
    const absl::StatusOr<bool> row = rows.Next();
    if (!row.ok()) return row.status();
    if (!*row) return keys;
    keys.push_back({ReadApiKey(rows), rows.Text(8)});
  }
}

absl::StatusOr<Page<ApiKey>> SqliteApiKeyStore::List(const PageRequest& page) {
  const auto after = DecodeNumberCursor("api-keys", page.after);
  if (!after.ok()) return after.status();
  Where where;
  where.AndIf("number < ?", *after);
  return ReadPage(context_.database.Query(
                      absl::StrCat("SELECT ", kApiKeyColumns, " FROM api_keys",
                                   where.sql(), " ORDER BY number DESC"),
                      where.values()),
                  page, "api-keys", ReadApiKey, [](const Statement& row) {
                    return absl::StrCat(row.Int(0));
                  });
}

absl::StatusOr<ApiKey> SqliteApiKeyStore::Revoke(const ApiKeyId& id,
                                                 absl::Time now) {
  absl::Status status = context_.database
                            .Query(
                                "UPDATE api_keys SET revoked = ? "
                                "WHERE id = ? AND revoked IS NULL",
                                {now, id})
                            .Run();
  if (!status.ok()) return status;
  if (context_.database.Changes() == 0) {
    return absl::NotFoundError("there is no such API key, or not any more");
  }
  Statement row = context_.database.Query(
      absl::StrCat("SELECT ", kApiKeyColumns, " FROM api_keys WHERE id = ?"),
      {id});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return ReadApiKey(row);
}

absl::Status SqliteApiKeyStore::NoteUse(const ApiKeyId& id, absl::Time when) {
  return context_.database
      .Query(
          "UPDATE api_keys SET last_used = ?1 "
          "WHERE id = ?2 AND (last_used IS NULL OR last_used < ?1)",
          {when, id})
      .Run();
}

}  // namespace bursar

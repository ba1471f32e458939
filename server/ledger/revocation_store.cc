#include "server/ledger/revocation_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "server/ledger/client_rows.h"
#include "server/ledger/listing.h"
#include "server/ledger/names.h"

namespace bursar {
namespace {

constexpr absl::string_view kListing = "pending-revocations";

// Of refresh tokens t with their grants g and clients c.
Where PendingOnes(const RevocationFilter& filter) {
  Where where;
  where.And("t.revocation = 'pending'");
  where.AndIf("g.id = ?", filter.grant);
  where.AndIf("c.name = ?", filter.client);
  return where;
}

RevocationProgress ReadProgress(const Statement& row) {
  return {GrantId(row.Text(1)),
          UserId(row.Text(2)),
          ClientName(row.Text(3)),
          ProviderName(row.Text(4)),
          DataCenter(row.Text(5)),
          row.Int(6),
          row.Time(7),
          row.Time(8)};
}

}  // namespace

absl::StatusOr<std::vector<PendingRevocation>> SqliteRevocationStore::Due(
    absl::Time now, int limit) {
  Statement row = context_.database.Query(
      "SELECT t.number, g.id, g.user_id, g.client, g.data_center, t.value, "
      "t.value_key_id, t.attempts "
      "FROM refresh_tokens t JOIN grants g ON g.number = t.grant_number "
      "WHERE t.revocation = 'pending' AND t.next_attempt <= ? "
      "ORDER BY t.next_attempt, t.number LIMIT ?",
      {now, limit});
  std::vector<PendingRevocation> due;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return due;
    absl::StatusOr<PendingRevocation> pending = Read(row);
    if (!pending.ok()) return pending.status();
    due.push_back(*std::move(pending));
  }
}

absl::StatusOr<PendingRevocation> SqliteRevocationStore::Read(
    const Statement& row) {
  PendingRevocation pending;
  pending.refresh_token_number = row.Int(0);
  pending.grant = GrantId(row.Text(1));
  pending.user = UserId(row.Text(2));
  pending.data_center = DataCenter(row.Text(4));
  pending.attempts = row.Int(7);
  absl::StatusOr<ClientRow> client =
      ClientNumbered(context_.database, row.Int(3));
  if (!client.ok()) return client.status();
  pending.client = std::move(client->client);
  const absl::Status read = ReadSecrets(row, pending);
  // One key that is lost must not keep the others' back.
  if (!read.ok() && !IsKeyUnavailable(read)) return read;
  pending.unreadable = read;
  return pending;
}

absl::Status SqliteRevocationStore::ReadSecrets(const Statement& row,
                                                PendingRevocation& pending) {
  absl::StatusOr<Secret> token = OpenSecret(
      context_.sealer, row, 5, PlaceOf("refresh_tokens", "value", row.Int(0)));
  if (!token.ok()) return token.status();
  absl::StatusOr<std::optional<Secret>> secret =
      ClientSecret(context_, row.Int(3), pending.data_center);
  if (!secret.ok()) return secret.status();
  pending.refresh_token = *std::move(token);
  pending.client_secret = *std::move(secret);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<absl::Time>> SqliteRevocationStore::NextDue() {
  Statement row = context_.database.Query(
      "SELECT min(next_attempt) FROM refresh_tokens "
      "WHERE revocation = 'pending'");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return row.OptionalTime(0);
}

absl::Status SqliteRevocationStore::Settle(int64_t refresh_token_number,
                                           RevocationState state,
                                           absl::Time now) {
  if (state == RevocationState::kNone || state == RevocationState::kPending) {
    return absl::InvalidArgumentError("that does not settle a revocation");
  }
  Statement row = context_.database.Query(
      "UPDATE refresh_tokens SET revocation = ?, settled = ?, next_attempt = "
      "NULL, "
      "value = NULL, value_key_id = NULL "
      "WHERE number = ? AND revocation = 'pending' "
      "RETURNING (SELECT client FROM grants WHERE number = grant_number)",
      {NameOf(state), now, refresh_token_number});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return absl::OkStatus();
  const int64_t client = row.Int(0);
  const absl::Status status = row.Run();
  if (!status.ok()) return status;
  return WipeUnneededSecrets(context_.database, client);
}

absl::Status SqliteRevocationStore::Postpone(int64_t refresh_token_number,
                                             absl::Time retry_at) {
  return context_.database
      .Query(
          "UPDATE refresh_tokens "
          "SET next_attempt = ?, attempts = attempts + 1 "
          "WHERE number = ? AND revocation = 'pending'",
          {retry_at, refresh_token_number})
      .Run();
}

absl::StatusOr<Page<RevocationProgress>> SqliteRevocationStore::List(
    const RevocationFilter& filter, const PageRequest& page) {
  const auto after = DecodeNumberCursor(kListing, page.after);
  if (!after.ok()) return after.status();
  Where where = PendingOnes(filter);
  where.AndIf("t.number > ?", *after);
  return ReadPage(
      context_.database.Query(
          absl::StrCat("SELECT t.number, g.id, g.user_id, c.name, c.provider, "
                       "g.data_center, t.attempts, t.ended, t.next_attempt "
                       "FROM refresh_tokens t "
                       "JOIN grants g ON g.number = t.grant_number "
                       "JOIN clients c ON c.number = g.client",
                       where.sql(), " ORDER BY t.number"),
          where.values()),
      page, kListing, ReadProgress,
      [](const Statement& row) { return absl::StrCat(row.Int(0)); });
}

absl::StatusOr<int64_t> SqliteRevocationStore::Hasten(
    const RevocationFilter& filter, absl::Time now) {
  Where where = PendingOnes(filter);
  where.And("t.next_attempt > ?", now);
  std::vector<Value> values = where.values();
  values.insert(values.begin(), Value(now));
  Statement row = context_.database.Query(
      absl::StrCat("UPDATE refresh_tokens SET next_attempt = ? "
                   "WHERE number IN (SELECT t.number FROM refresh_tokens t "
                   "JOIN grants g ON g.number = t.grant_number "
                   "JOIN clients c ON c.number = g.client",
                   where.sql(), ") RETURNING number"),
      values);
  int64_t hastened = 0;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return hastened;
    ++hastened;
  }
}

absl::StatusOr<int64_t> SqliteRevocationStore::CountPending() {
  Statement row = context_.database.Query(
      "SELECT count(*) FROM refresh_tokens WHERE revocation = 'pending'");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  return row.Int(0);
}

}  // namespace bursar

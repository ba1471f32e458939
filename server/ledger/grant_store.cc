#include "server/ledger/grant_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/client_rows.h"
#include "server/ledger/grant_rows.h"
#include "server/ledger/listing.h"
#include "server/ledger/names.h"
#include "server/ledger/token_rows.h"

namespace bursar {
namespace {

absl::Status TokenHeld() {
  return ToStatus({Reason::kResourceExists,
                   "a grant holds or held this refresh token",
                   {},
                   {},
                   {{"resource", "token"}}});
}

// Adds the row of the grant; returns its number.
absl::StatusOr<int64_t> Insert(Database& database, const NewGrant& grant,
                               int64_t client, absl::Time now) {
  const absl::StatusOr<int64_t> number = NextNumber(database, "grants");
  if (!number.ok()) return number;
  const absl::Status status =
      database
          .Query(
              "INSERT INTO grants (number, id, user_id, client, "
              "data_center, scopes, renewal, organization, begun_by, "
              "generation, created, updated) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              {*number, grant.id, grant.user, client, grant.data_center,
               grant.scopes, NameOf(grant.renewal), grant.organization,
               grant.begun_by, grant.access_token ? 1 : 0, now, now})
          .Run();
  if (!status.ok()) return status;
  return number;
}

}  // namespace

absl::Status SqliteGrantStore::Add(const NewGrant& grant, absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<ClientRow> client = FindClient(database, grant.client);
  if (!client.ok()) return client.status();
  if (grant.refresh_token) {
    const absl::StatusOr<bool> known =
        KnowsRefreshToken(context_, *grant.refresh_token, std::nullopt);
    if (!known.ok()) return known.status();
    if (*known) return TokenHeld();
  }
  const absl::StatusOr<int64_t> number =
      Insert(database, grant, client->number, now);
  if (!number.ok()) return number.status();
  const int64_t generation = grant.access_token ? 1 : 0;
  if (grant.refresh_token) {
    const absl::Status status =
        AddRefreshToken(context_, *number, generation, *grant.refresh_token,
                        RefreshTokenState::kActive, now);
    if (!status.ok()) return status;
  }
  if (!grant.access_token) return absl::OkStatus();
  return StoreAccessToken(context_, *number, generation, Scopes(),
                          *grant.access_token);
}

absl::StatusOr<Grant> SqliteGrantStore::Get(const GrantId& id) {
  absl::StatusOr<GrantRow> row = FindGrant(context_.database, id);
  if (!row.ok()) return row.status();
  return std::move(row->grant);
}

absl::StatusOr<Page<Grant>> SqliteGrantStore::List(const GrantFilter& filter,
                                                   const PageRequest& page) {
  const auto after = DecodeNumberCursor("grants", page.after);
  if (!after.ok()) return after.status();
  Where where;
  where.AndIf("g.user_id = ?", filter.user);
  // A name means the client that has it now, not a deleted one that had it.
  where.AndIf(
      "g.client = (SELECT number FROM clients "
      "WHERE name = ? AND deleted IS NULL)",
      filter.client);
  if (filter.state) where.And("g.state = ?", NameOf(*filter.state));
  where.AndIf("g.number < ?", *after);
  return ReadPage(
      context_.database.Query(
          SelectGrants(absl::StrCat(where.sql(), " ORDER BY g.number DESC")),
          where.values()),
      page, "grants", [](const Statement& row) { return ReadGrant(row).grant; },
      [](const Statement& row) { return absl::StrCat(row.Int(0)); });
}

absl::StatusOr<std::vector<KeptToken>> SqliteGrantStore::Tokens(
    const GrantId& id) {
  const absl::StatusOr<GrantRow> row = FindGrant(context_.database, id);
  if (!row.ok()) return row.status();
  return ReadAccessTokens(context_, row->number);
}

absl::StatusOr<TokenOwner> SqliteGrantStore::OwnerOf(const Secret& token) {
  // Where a provider gave one token twice, it is the newer grant's.
  Statement row = context_.database.Query(
      "SELECT g.id, g.user_id, c.name, t.generation, t.is_access_token "
      "FROM (SELECT grant_number, generation, 1 AS is_access_token "
      "      FROM access_tokens WHERE digest = ?1 "
      "      UNION ALL SELECT grant_number, generation, 0 "
      "      FROM refresh_tokens WHERE digest = ?1) t "
      "JOIN grants g ON g.number = t.grant_number "
      "JOIN clients c ON c.number = g.client "
      "ORDER BY g.number DESC, t.generation DESC LIMIT 1",
      {DigestOf(context_, token)});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotFound("token", "the token is not known");
  return TokenOwner{GrantId(row.Text(0)), UserId(row.Text(1)),
                    ClientName(row.Text(2)), row.Int(3), row.Int(4) != 0};
}

}  // namespace bursar

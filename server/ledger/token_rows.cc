#include "server/ledger/token_rows.h"

#include "absl/strings/str_cat.h"
#include "server/ledger/names.h"

namespace bursar {
namespace {

constexpr int64_t kRecognizedGenerations = 16;
constexpr int64_t kRecognizedRefreshTokens = 100;

// Those that a window still counts stay until it does no more.
constexpr char kForgettable[] =
    " FROM refresh_tokens WHERE grant_number = ?1 AND state = 'rotated' "
    "AND number <= (SELECT number FROM refresh_tokens WHERE grant_number = ?1 "
    "ORDER BY number DESC LIMIT 1 OFFSET ?2) "
    "AND NOT EXISTS (SELECT * FROM counted_uses u "
    "WHERE u.refresh_token = refresh_tokens.number)";

}  // namespace

absl::Status StoreAccessToken(const StoreContext& context, int64_t grant,
                              int64_t generation, const Scopes& asked,
                              const AccessToken& token) {
  Database& database = context.database;
  absl::Status status =
      database
          .Query(
              "UPDATE access_tokens SET value = NULL, value_key_id = NULL "
              "WHERE grant_number = ? AND value IS NOT NULL "
              "AND (asked = ? OR expiry <= ?)",
              {grant, asked, token.obtained})
          .Run();
  if (!status.ok()) return status;
  status = database
               .Query(
                   "DELETE FROM access_tokens "
                   "WHERE grant_number = ? AND generation <= ?",
                   {grant, generation - kRecognizedGenerations})
               .Run();
  if (!status.ok()) return status;
  const absl::StatusOr<int64_t> number = NextNumber(database, "access_tokens");
  if (!number.ok()) return number.status();
  const Sealed sealed = context.sealer.Seal(
      token.value, PlaceOf("access_tokens", "value", *number));
  return database
      .Query(
          "INSERT INTO access_tokens (number, grant_number, generation, "
          "digest, value, value_key_id, token_type, scopes, api_domain, "
          "obtained, expiry, asked) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {*number, grant, generation, DigestOf(context, token.value),
           Blob{sealed.bytes}, sealed.key_id, token.token_type,
           token.scopes.empty() ? asked : token.scopes, token.api_domain,
           token.obtained, token.expiry, asked})
      .Run();
}

absl::Status ForgetAccessTokens(Database& database, int64_t grant) {
  return database
      .Query(
          "UPDATE access_tokens SET value = NULL, value_key_id = NULL "
          "WHERE grant_number = ? AND value IS NOT NULL",
          {grant})
      .Run();
}

absl::StatusOr<std::vector<KeptToken>> ReadAccessTokens(
    const StoreContext& context, int64_t grant) {
  Statement row = context.database.Query(
      "SELECT number, value, value_key_id, token_type, scopes, api_domain, "
      "obtained, expiry, generation FROM access_tokens "
      "WHERE grant_number = ? AND value IS NOT NULL ORDER BY generation DESC",
      {grant});
  std::vector<KeptToken> tokens;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return tokens;
    absl::StatusOr<Secret> value = OpenSecret(
        context.sealer, row, 1, PlaceOf("access_tokens", "value", row.Int(0)));
    if (!value.ok()) return value.status();
    tokens.push_back(
        {row.Int(8),
         {*std::move(value), row.Text(3), Scopes::Parse(row.Text(4)),
          row.Text(5), row.Time(6), row.Time(7)}});
  }
}

absl::Status AddRefreshToken(const StoreContext& context, int64_t grant,
                             int64_t generation, const Secret& token,
                             RefreshTokenState state, absl::Time now) {
  const absl::StatusOr<int64_t> number =
      NextNumber(context.database, "refresh_tokens");
  if (!number.ok()) return number.status();
  const Sealed sealed =
      context.sealer.Seal(token, PlaceOf("refresh_tokens", "value", *number));
  const bool active = state == RefreshTokenState::kActive;
  const Value ended = active ? Value(std::nullopt) : Value(now);
  return context.database
      .Query(
          "INSERT INTO refresh_tokens (number, grant_number, generation, "
          "digest, value, value_key_id, state, created, ended, revocation, "
          "next_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {*number, grant, generation, DigestOf(context, token),
           Blob{sealed.bytes}, sealed.key_id, NameOf(state), now, ended,
           NameOf(active ? RevocationState::kNone : RevocationState::kPending),
           ended})
      .Run();
}

absl::Status EndRefreshToken(Database& database, int64_t grant,
                             RefreshTokenState state, bool revoke_upstream,
                             absl::Time now) {
  if (revoke_upstream) {
    return database
        .Query(
            "UPDATE refresh_tokens SET state = ?, ended = ?, "
            "revocation = 'pending', next_attempt = ? "
            "WHERE grant_number = ? AND state = 'active'",
            {NameOf(state), now, now, grant})
        .Run();
  }
  return database
      .Query(
          "UPDATE refresh_tokens SET state = ?, ended = ?, "
          "value = NULL, value_key_id = NULL "
          "WHERE grant_number = ? AND state = 'active'",
          {NameOf(state), now, grant})
      .Run();
}

absl::Status ForgetRotatedRefreshTokens(Database& database, int64_t grant) {
  Statement row = database.Query(
      absl::StrCat("SELECT count(*), coalesce(sum(1 + forgotten), 0), "
                   "coalesce(sum(use_count + forgotten_uses), 0)",
                   kForgettable),
      {grant, kRecognizedRefreshTokens});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (row.Int(0) == 0) return absl::OkStatus();
  const absl::Status taken_over =
      database
          .Query(
              "UPDATE refresh_tokens SET forgotten = forgotten + ?, "
              "forgotten_uses = forgotten_uses + ? "
              "WHERE grant_number = ? AND state = 'active'",
              {row.Int(1), row.Int(2), grant})
          .Run();
  if (!taken_over.ok()) return taken_over;
  return database
      .Query(absl::StrCat("DELETE", kForgettable),
             {grant, kRecognizedRefreshTokens})
      .Run();
}

absl::StatusOr<bool> KnowsRefreshToken(const StoreContext& context,
                                       const Secret& token,
                                       std::optional<int64_t> grant) {
  Statement row = context.database.Query(
      "SELECT * FROM refresh_tokens "
      "WHERE digest = ?1 AND grant_number = coalesce(?2, grant_number) LIMIT 1",
      {DigestOf(context, token), grant});
  return row.Next();
}

}  // namespace bursar

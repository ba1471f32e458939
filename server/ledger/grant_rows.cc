#include "server/ledger/grant_rows.h"

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"
#include "server/ledger/names.h"

namespace bursar {

std::string SelectGrants(absl::string_view rest) {
  return absl::StrCat(
      "SELECT g.number, g.client, g.id, g.user_id, c.name, c.provider, "
      "g.data_center, g.scopes, g.state, g.dead_reason, g.generation, "
      "a.expiry, g.created, g.updated, g.failures, g.pause_until, "
      "g.pause_reason, s.id, g.presumed_evicted, g.renewal, g.organization "
      "FROM grants g JOIN clients c ON c.number = g.client "
      "LEFT JOIN access_tokens a "
      "ON a.grant_number = g.number AND a.generation = g.generation "
      "AND a.value IS NOT NULL "
      "LEFT JOIN grants s ON s.number = g.superseded_by",
      rest);
}

GrantRow ReadGrant(const Statement& row) {
  GrantRow result;
  result.number = row.Int(0);
  result.client_number = row.Int(1);
  Grant& grant = result.grant;
  grant.id = GrantId(row.Text(2));
  grant.user = UserId(row.Text(3));
  grant.client = ClientName(row.Text(4));
  grant.provider = ProviderName(row.Text(5));
  grant.data_center = DataCenter(row.Text(6));
  grant.scopes = Scopes::Parse(row.Text(7));
  grant.state = GrantStateNamed(row.Text(8));
  if (!row.IsNull(9)) grant.dead_reason = DeadReasonNamed(row.Text(9));
  grant.generation = row.Int(10);
  grant.access_token_expiry = row.OptionalTime(11);
  grant.created = row.Time(12);
  grant.updated = row.Time(13);
  grant.failures = row.Int(14);
  if (!row.IsNull(15)) {
    // A reason that a later version of the broker noted is still a pause.
    grant.pause = {row.Time(15),
                   ReasonNamed(row.Text(16)).value_or(Reason::kProviderError)};
  }
  if (!row.IsNull(17)) grant.superseded_by = GrantId(row.Text(17));
  grant.presumed_evicted =
      grant.state == GrantState::kActive && !row.IsNull(18);
  grant.renewal = GrantRenewalNamed(row.Text(19));
  grant.organization = row.Text(20);
  return result;
}

absl::StatusOr<GrantRow> FindGrant(Database& database, const GrantId& id) {
  static const std::string& sql =
      *new std::string(SelectGrants(" WHERE g.id = ?"));
  Statement row = database.Query(sql, {id});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotFound("grant", "there is no such grant");
  return ReadGrant(row);
}

absl::Status RequireConsent(Database& database, int64_t grant,
                            DeadReason reason, absl::Time now) {
  return database
      .Query(
          "UPDATE grants SET state = 'consent_required', dead_reason = ?, "
          "pause_until = NULL, pause_reason = NULL, updated = ?, ended = ? "
          "WHERE number = ?",
          {NameOf(reason), now, now, grant})
      .Run();
}

}  // namespace bursar

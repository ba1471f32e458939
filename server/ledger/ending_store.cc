#include "server/ledger/ending_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/grant_rows.h"
#include "server/ledger/listing.h"
#include "server/ledger/token_rows.h"

namespace bursar {
namespace {

constexpr absl::string_view kOfClient =
    "g.client = (SELECT number FROM clients "
    "WHERE name = ? AND deleted IS NULL)";

// Visited by a target's cases.
struct Selector {
  Where& where;

  void operator()(const GrantId& id) const { where.And("g.id = ?", id); }
  void operator()(const std::pair<UserId, ClientName>& pair) const {
    (*this)(pair.first);
    (*this)(pair.second);
  }
  void operator()(const UserId& user) const {
    where.And("g.user_id = ?", user);
  }
  void operator()(const ClientName& client) const {
    where.And(kOfClient, client);
  }
};

absl::StatusOr<std::vector<GrantRow>> Select(Database& database,
                                             const RevocationTarget& target) {
  Where where;
  where.And("g.state IN ('active', 'consent_required')");
  std::visit(Selector{where}, target);
  Statement row = database.Query(
      SelectGrants(absl::StrCat(where.sql(), " ORDER BY g.number")),
      where.values());
  std::vector<GrantRow> rows;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return rows;
    rows.push_back(ReadGrant(row));
  }
}

}  // namespace

absl::StatusOr<std::vector<Grant>> SqliteEndingStore::Revoke(
    const RevocationTarget& target, absl::Time now) {
  const absl::StatusOr<std::vector<GrantRow>> rows =
      Select(context_.database, target);
  if (!rows.ok()) return rows.status();
  std::vector<Grant> ended;
  for (const GrantRow& row : *rows) {
    const absl::Status status = RevokeOne(row.number, now);
    if (!status.ok()) return status;
    absl::StatusOr<GrantRow> now_ended =
        FindGrant(context_.database, row.grant.id);
    if (!now_ended.ok()) return now_ended.status();
    ended.push_back(std::move(now_ended->grant));
  }
  return ended;
}

absl::Status SqliteEndingStore::RevokeOne(int64_t grant, absl::Time now) {
  absl::Status status =
      EndRefreshToken(context_.database, grant, RefreshTokenState::kRevoked,
                      /*revoke_upstream=*/true, now);
  if (!status.ok()) return status;
  status = ForgetAccessTokens(context_.database, grant);
  if (!status.ok()) return status;
  return context_.database
      .Query(
          "UPDATE grants SET state = 'revoked', dead_reason = NULL, "
          "pause_until = NULL, pause_reason = NULL, updated = ?1, "
          "ended = coalesce(ended, ?1) WHERE number = ?2",
          {now, grant})
      .Run();
}

absl::Status SqliteEndingStore::Supersede(const GrantId& grant,
                                          const GrantId& by,
                                          bool revoke_upstream,
                                          absl::Time now) {
  Database& database = context_.database;
  const absl::StatusOr<GrantRow> old_row = FindGrant(database, grant);
  if (!old_row.ok()) return old_row.status();
  const absl::StatusOr<GrantRow> new_row = FindGrant(database, by);
  if (!new_row.ok()) return new_row.status();
  if (old_row->grant.state != GrantState::kActive) {
    return absl::FailedPreconditionError("the grant is not active");
  }
  absl::Status status =
      EndRefreshToken(database, old_row->number, RefreshTokenState::kRevoked,
                      revoke_upstream, now);
  if (!status.ok()) return status;
  status = ForgetAccessTokens(database, old_row->number);
  if (!status.ok()) return status;
  return database
      .Query(
          "UPDATE grants SET state = 'superseded', superseded_by = ?, "
          "pause_until = NULL, pause_reason = NULL, updated = ?, ended = ? "
          "WHERE number = ?",
          {new_row->number, now, now, old_row->number})
      .Run();
}

absl::Status SqliteEndingStore::Expire(const GrantId& grant, DeadReason reason,
                                       absl::Time now) {
  const absl::StatusOr<GrantRow> row = FindGrant(context_.database, grant);
  if (!row.ok()) return row.status();
  if (row->grant.state != GrantState::kActive ||
      row->grant.renewal != GrantRenewal::kNone) {
    return absl::FailedPreconditionError(
        "the grant is not active, or something renews it");
  }
  const absl::Status status =
      ForgetAccessTokens(context_.database, row->number);
  if (!status.ok()) return status;
  return RequireConsent(context_.database, row->number, reason, now);
}

absl::Status SqliteEndingStore::PresumeEvicted(const GrantId& grant,
                                               absl::Time now) {
  const absl::StatusOr<GrantRow> row = FindGrant(context_.database, grant);
  if (!row.ok()) return row.status();
  if (row->grant.state != GrantState::kActive) {
    return absl::FailedPreconditionError("the grant is not active");
  }
  const absl::Status status =
      ForgetAccessTokens(context_.database, row->number);
  if (!status.ok()) return status;
  return context_.database
      .Query(
          "UPDATE grants SET presumed_evicted = ?, updated = ?, "
          "pause_until = NULL, pause_reason = NULL WHERE number = ?",
          {now, now, row->number})
      .Run();
}

}  // namespace bursar

#include "server/ledger/refresh_store.h"

#include <utility>

#include "server/core/reason.h"
#include "server/ledger/client_rows.h"
#include "server/ledger/grant_rows.h"
#include "server/ledger/refresh_notes.h"
#include "server/ledger/token_rows.h"

namespace bursar {
namespace {

absl::Status NotActive() {
  return absl::FailedPreconditionError("the grant is not active");
}

absl::Status GenerationMoved() {
  return absl::AbortedError("the grant has another generation by now");
}

absl::StatusOr<Secret> ActiveRefreshToken(const StoreContext& context,
                                          int64_t grant) {
  Statement row = context.database.Query(
      "SELECT number, value, value_key_id FROM refresh_tokens "
      "WHERE grant_number = ? AND state = 'active'",
      {grant});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return NotActive();
  return OpenSecret(context.sealer, row, 1,
                    PlaceOf("refresh_tokens", "value", row.Int(0)));
}

// What renews the grant beside its client's secret.
absl::StatusOr<std::optional<Secret>> Renewing(const StoreContext& context,
                                               int64_t grant,
                                               GrantRenewal renewal) {
  switch (renewal) {
    case GrantRenewal::kRefreshToken:
      return ActiveRefreshToken(context, grant);
    case GrantRenewal::kClientCredentials:
      return std::nullopt;
    case GrantRenewal::kNone:
      break;
  }
  return absl::FailedPreconditionError("nothing renews the grant");
}

}  // namespace

absl::StatusOr<RefreshLease> SqliteRefreshStore::Begin(const GrantId& grant,
                                                       int64_t generation,
                                                       absl::Time now) {
  absl::StatusOr<GrantRow> row = FindGrant(context_.database, grant);
  if (!row.ok()) return row.status();
  if (row->grant.state != GrantState::kActive) return NotActive();
  if (row->grant.generation != generation) return GenerationMoved();
  absl::StatusOr<ClientRow> client =
      ClientNumbered(context_.database, row->client_number);
  if (!client.ok()) return client.status();
  absl::StatusOr<std::optional<Secret>> client_secret =
      ClientSecret(context_, row->client_number, row->grant.data_center);
  if (!client_secret.ok()) return client_secret.status();
  absl::StatusOr<std::optional<Secret>> token =
      Renewing(context_, row->number, row->grant.renewal);
  if (!token.ok()) return token.status();
  const absl::StatusOr<bool> unknown =
      WriteNote(context_, row->number, generation, now);
  if (!unknown.ok()) return unknown.status();
  return RefreshLease{std::move(row->grant),
                      std::move(client->client),
                      *std::move(client_secret),
                      *std::move(token),
                      Scopes(),
                      *unknown};
}

absl::StatusOr<int64_t> SqliteRefreshStore::Commit(
    const RefreshLease& lease, const Granted& granted,
    const std::optional<Grant::Pause>& pause, absl::Time now) {
  const absl::StatusOr<GrantRow> row =
      FindGrant(context_.database, lease.grant.id);
  if (!row.ok()) return row.status();
  if (row->grant.state != GrantState::kActive) {
    const absl::Status status = KeepToRevoke(row->number, lease, granted, now);
    return status.ok() ? NotActive() : status;
  }
  if (row->grant.generation != lease.grant.generation) return GenerationMoved();
  const int64_t generation = row->grant.generation + (pause ? 0 : 1);
  absl::Status status = CountUse(row->number, generation, granted, now);
  if (!status.ok()) return status;
  status = pause ? CountFailure(row->number, *pause)
                 : Advance(row->number, generation, lease.asked,
                           granted.access_token, now);
  if (!status.ok()) return status;
  status = EndNote(context_, row->number);
  if (!status.ok()) return status;
  return generation;
}

absl::Status SqliteRefreshStore::CountUse(int64_t grant, int64_t generation,
                                          const Granted& granted,
                                          absl::Time now) {
  const absl::Status counted =
      context_.database
          .Query(
              "UPDATE refresh_tokens "
              "SET use_count = use_count + 1, last_used = ? "
              "WHERE grant_number = ? AND state = 'active'",
              {now, grant})
          .Run();
  if (!counted.ok() || !granted.refresh_token) return counted;
  return Rotate(grant, generation, *granted.refresh_token, now);
}

absl::Status SqliteRefreshStore::Advance(int64_t grant, int64_t generation,
                                         const Scopes& asked,
                                         const AccessToken& token,
                                         absl::Time now) {
  const absl::Status stored =
      StoreAccessToken(context_, grant, generation, asked, token);
  if (!stored.ok()) return stored;
  return context_.database
      .Query(
          "UPDATE grants SET generation = ?, updated = ?, failures = 0, "
          "pause_until = NULL, pause_reason = NULL, presumed_evicted = NULL "
          "WHERE number = ?",
          {generation, now, grant})
      .Run();
}

// Some providers send the old refresh token along: that is no rotation.
absl::Status SqliteRefreshStore::Rotate(int64_t grant, int64_t generation,
                                        const Secret& token, absl::Time now) {
  const absl::StatusOr<Secret> old = ActiveRefreshToken(context_, grant);
  if (!old.ok()) return old.status();
  if (*old == token) return absl::OkStatus();
  const absl::Status status =
      EndRefreshToken(context_.database, grant, RefreshTokenState::kRotated,
                      /*revoke_upstream=*/false, now);
  if (!status.ok()) return status;
  const absl::Status added = AddRefreshToken(context_, grant, generation, token,
                                             RefreshTokenState::kActive, now);
  if (!added.ok()) return added;
  return ForgetRotatedRefreshTokens(context_.database, grant);
}

absl::Status SqliteRefreshStore::KeepToRevoke(int64_t grant,
                                              const RefreshLease& lease,
                                              const Granted& granted,
                                              absl::Time now) {
  if (granted.refresh_token) {
    const absl::StatusOr<bool> known =
        KnowsRefreshToken(context_, *granted.refresh_token, grant);
    if (!known.ok()) return known.status();
    if (!*known) {
      const absl::Status status = AddRefreshToken(
          context_, grant, lease.grant.generation + 1, *granted.refresh_token,
          RefreshTokenState::kRevoked, now);
      if (!status.ok()) return status;
    }
  }
  return EndNote(context_, grant);
}

absl::Status SqliteRefreshStore::Fail(const RefreshLease& lease,
                                      const RefreshFailure& failure,
                                      absl::Time now) {
  const absl::StatusOr<GrantRow> row =
      FindGrant(context_.database, lease.grant.id);
  if (!row.ok()) return row.status();
  if (row->grant.state != GrantState::kActive)
    return EndNote(context_, row->number);
  // Another's refresh got further: what this one learnt is out of date.
  if (row->grant.generation != lease.grant.generation) return absl::OkStatus();
  if (failure.dead) return Kill(row->number, *failure.dead, now);
  if (failure.pause) {
    const absl::Status status = CountFailure(row->number, *failure.pause);
    if (!status.ok()) return status;
  }
  return failure.outcome_unknown ? DoubtNote(context_, row->number)
                                 : EndNoteUnlessDoubted(context_, row->number);
}

absl::StatusOr<std::vector<Grant>> SqliteRefreshStore::Unanswered(
    const ProviderName& provider, absl::Time since, int limit) {
  static const std::string& sql = *new std::string(
      SelectGrants(" JOIN refresh_notes n ON n.grant_number = g.number "
                   "WHERE g.state = 'active' AND g.renewal = 'refresh_token' "
                   "AND c.provider = ? AND n.started > ? "
                   "AND (n.outcome_unknown = 1 OR n.holder <> ?) "
                   "ORDER BY coalesce(g.pause_until, 0), g.number LIMIT ?"));
  Statement row =
      context_.database.Query(sql, {provider, since, context_.holder, limit});
  std::vector<Grant> grants;
  while (true) {
    const absl::StatusOr<bool> found = row.Next();
    if (!found.ok()) return found.status();
    if (!*found) return grants;
    grants.push_back(ReadGrant(row).grant);
  }
}

absl::Status SqliteRefreshStore::Kill(int64_t grant, DeadReason reason,
                                      absl::Time now) {
  absl::Status status = EndRefreshToken(context_.database, grant,
                                        reason == DeadReason::kEvicted
                                            ? RefreshTokenState::kEvicted
                                            : RefreshTokenState::kDead,
                                        /*revoke_upstream=*/false, now);
  if (!status.ok()) return status;
  status = RequireConsent(context_.database, grant, reason, now);
  if (!status.ok()) return status;
  return EndNote(context_, grant);
}

absl::Status SqliteRefreshStore::CountFailure(int64_t grant,
                                              const Grant::Pause& pause) {
  return context_.database
      .Query(
          "UPDATE grants SET failures = failures + 1, "
          "pause_until = ?, pause_reason = ? WHERE number = ?",
          {pause.until, ReasonName(pause.reason), grant})
      .Run();
}

}  // namespace bursar

#include "server/core/refresh_ending.h"

#include <variant>

#include "server/core/event.h"
#include "server/core/freshness.h"
#include "server/core/redeem_failure.h"

namespace bursar {
namespace {

// The client, not the grant, is what the provider rejected. False: the client
// has changed since, and it is worth asking again at once.
absl::StatusOr<bool> NoteMisconfiguration(const RefreshLease& lease,
                                          const std::string& rejection,
                                          Ledger& ledger, absl::Time now) {
  const auto client = ledger.clients().Get(lease.client.name);
  if (!client.ok()) return client.status();
  if (client->revision != lease.client.revision) return false;
  const absl::Status status = ledger.client_secrets().MarkMisconfigured(
      lease.client.name, lease.grant.data_center, lease.client.revision,
      rejection, now);
  if (!status.ok()) return status;
  return true;
}

absl::string_view KindOf(const RefreshFailure& failure, bool misconfigured) {
  if (failure.dead) return event::kGrantDead;
  return misconfigured ? event::kClientMisconfigured : event::kRefreshFailed;
}

}  // namespace

std::optional<Grant::Pause> PauseAfterExpired(const Granted& granted,
                                              const Grant& grant) {
  const AccessToken& token = granted.access_token;
  if (token.expiry > token.obtained) return std::nullopt;
  return Grant::Pause{token.obtained + BackOff(grant.failures + 1),
                      Reason::kProviderExpiryInvalid};
}

absl::StatusOr<int64_t> CommitRefresh(const RefreshFlight& flight,
                                      const Granted& granted, Ledger& ledger,
                                      absl::Time now) {
  const auto pause = PauseAfterExpired(granted, flight.grant);
  const absl::StatusOr<int64_t> generation =
      ledger.refreshes().Commit(*flight.lease, granted, pause, now);
  if (!generation.ok()) return generation;
  absl::Status status = ledger.limits().Settle(flight.id, now);
  if (!status.ok()) return status;
  Grant grant = flight.grant;
  grant.generation = *generation;
  status = ledger.events().Append(event::About(
      grant, pause ? event::kRefreshFailed : event::kTokenRefreshed,
      flight.actor, now,
      pause ? RefusalOfPause(*pause, now) : absl::OkStatus()));
  if (!status.ok()) return status;
  return generation;
}

RefreshVerdict VerdictOf(const RedeemResult& result,
                         const RefreshFlight& flight, absl::Time now) {
  RefreshVerdict verdict;
  verdict.failure =
      FailureOf(result, *flight.lease, flight.provider->may_rotate, now);
  if (const auto* rejected = std::get_if<Misconfigured>(&result)) {
    verdict.rejection = rejected->detail;
  }
  verdict.may_have_come = std::holds_alternative<OutcomeUnknown>(result);
  return verdict;
}

absl::StatusOr<RefreshFlight::End> FailRefresh(const RefreshFlight& flight,
                                               const RefreshVerdict& verdict,
                                               Ledger& ledger, absl::Time now) {
  RefreshFlight::End end = RefreshFlight::End::kFailed;
  absl::Status status =
      ledger.refreshes().Fail(*flight.lease, verdict.failure, now);
  if (!status.ok()) return status;
  if (!verdict.may_have_come) {
    status = ledger.limits().TakeBack(flight.id);
    if (!status.ok()) return status;
  }
  if (!verdict.rejection.empty()) {
    const auto stands =
        NoteMisconfiguration(*flight.lease, verdict.rejection, ledger, now);
    if (!stands.ok()) return stands.status();
    if (!*stands) end = RefreshFlight::End::kAgain;
  }
  status = ledger.events().Append(event::About(
      flight.grant, KindOf(verdict.failure, !verdict.rejection.empty()),
      flight.actor, now, flight.refusal));
  if (!status.ok()) return status;
  return end;
}

}  // namespace bursar

#include "server/core/refresh_beginning.h"

#include <utility>
#include <variant>

#include "server/core/event.h"
#include "server/core/issued_token.h"
#include "server/core/limit_check.h"

namespace bursar {
namespace {

absl::Status BeginLease(RefreshFlight& flight, Ledger& ledger, absl::Time now) {
  auto lease =
      ledger.refreshes().Begin(flight.id, flight.grant.generation, now);
  if (!lease.ok()) return lease.status();
  lease->asked = ScopesToAsk(flight.grant, flight.need, *flight.provider);
  flight.lease = *std::move(lease);
  return absl::OkStatus();
}

// As BeginLease, where the provider's limits leave room.
absl::Status BeginWithinLimits(RefreshFlight& flight, Ledger& ledger,
                               absl::Time now) {
  const Grant& grant = flight.grant;
  const LimitCheck check{*flight.provider,
                         {grant.provider, grant.user, grant.client, grant.id},
                         flight.actor,
                         now};
  for (const Counted counted :
       {Counted::kAccessTokens, Counted::kRedemptions}) {
    const absl::Status room = CheckRoom(check, counted, ledger);
    if (!room.ok()) return room;
  }
  const absl::Status noted = NoteUse(check, Counted::kAccessTokens, ledger);
  if (!noted.ok()) return noted;
  return BeginLease(flight, ledger, now);
}

// What nothing renews is over once its token is.
absl::Status ExpireGrant(RefreshFlight& flight, bool lives, Ledger& ledger,
                         absl::Time now) {
  Grant& grant = flight.grant;
  grant.state = GrantState::kConsentRequired;
  grant.dead_reason =
      lives ? DeadReason::kRefusedByProvider : DeadReason::kExpired;
  flight.tokens.clear();
  const absl::Status expired =
      ledger.endings().Expire(grant.id, *grant.dead_reason, now);
  if (!expired.ok()) return expired;
  return ledger.events().Append(event::About(
      grant, event::kGrantDead, flight.actor, now, RefusalOfState(grant)));
}

}  // namespace

absl::Status BeginRefresh(RefreshFlight& flight, const Providers& providers,
                          Ledger& ledger, absl::Time now) {
  flight.lease.reset();
  flight.tokens.clear();
  auto grant = ledger.grants().Get(flight.id);
  if (!grant.ok()) return grant.status();
  flight.grant = *std::move(grant);
  if (flight.grant.state != GrantState::kActive) return absl::OkStatus();

  flight.provider = providers.Find(flight.grant.provider);
  if (flight.provider == nullptr) return RefusalOfMisconfiguration("PROVIDER");
  auto client = ledger.clients().Get(flight.grant.client);
  if (!client.ok()) return client.status();
  flight.client = *std::move(client);

  auto tokens = ledger.grants().Tokens(flight.id);
  if (!tokens.ok()) return tokens.status();
  flight.tokens = IssueAll(flight.grant, *std::move(tokens), *flight.provider);
  const auto token =
      Choose(flight.tokens, flight.need, flight.provider->scopes, now);
  if (!std::holds_alternative<AskProvider>(Decide(
          flight.grant, flight.client, LifeOf(token), flight.need, now))) {
    return absl::OkStatus();
  }
  switch (flight.grant.renewal) {
    case GrantRenewal::kRefreshToken:
      return BeginWithinLimits(flight, ledger, now);
    case GrantRenewal::kClientCredentials:
      return BeginLease(flight, ledger, now);
    case GrantRenewal::kNone:
      return ExpireGrant(flight, token && token->token.expiry > now, ledger,
                         now);
  }
  return absl::OkStatus();
}

}  // namespace bursar

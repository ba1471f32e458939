#include "server/core/refresher.h"

#include <functional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/core/event.h"
#include "server/core/issued_token.h"
#include "server/core/limit_check.h"
#include "server/core/reason.h"
#include "server/core/redeem_failure.h"

namespace bursar {
namespace {

// A result that only memory holds is worth trying again to keep.
constexpr absl::Duration kCommitRetry = absl::Seconds(1);

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

// An answer whose token had expired on arrival is a failure that granted.
std::optional<Grant::Pause> PauseAfterExpired(const Granted& granted,
                                              const Grant& grant) {
  const AccessToken& token = granted.access_token;
  if (token.expiry > token.obtained) return std::nullopt;
  return Grant::Pause{token.obtained + BackOff(grant.failures + 1),
                      Reason::kProviderExpiryInvalid};
}

absl::Status RefusalOfNarrowing() {
  return ConsentRequired("SCOPES_NOT_GRANTED",
                         "the provider gave a token for fewer of the scopes: "
                         "the user must consent to them "
                         "(Grants.BeginConsent)");
}

}  // namespace

Refresher::Refresher(Journal& journal, Upstream& upstream,
                     const Providers& providers, Revocation& revocation,
                     TokenCache& cache, Executor& executor, const Clock& clock,
                     std::string callback_uri)
    : journal_(journal),
      upstream_(upstream),
      providers_(providers),
      revocation_(revocation),
      cache_(cache),
      executor_(executor),
      clock_(clock),
      callback_uri_(std::move(callback_uri)),
      lost_answers_(journal, providers, executor, clock,
                    [this](const Grant& grant, const Need& need,
                           std::function<void()> done) {
                      Refresh(grant.id, need, event::Server(),
                              [done = std::move(done)](
                                  const TokenSource::Answer&) { done(); });
                    }) {}

void Refresher::Refresh(const GrantId& grant, const Need& need,
                        const Actor& actor, TokenSource::Done done) {
  if (!flights_.Join(grant, Waiter{need, actor, std::move(done)})) return;
  auto flight = std::make_shared<Flight>();
  flight->id = grant;
  flight->need = need;
  flight->actor = actor;
  Begin(flight);
}

void Refresher::Begin(const FlightPtr& flight) {
  journal_.Write(
      [this, flight](Ledger& ledger) {
        return DecideAndBegin(*flight, ledger);
      },
      [this, flight](absl::Status status) {
        if (status.ok() && flight->lease) return Send(flight);
        if (!status.ok()) {
          flight->end = End::kFailed;
          flight->refusal = std::move(status);
        } else if (flight->grant.state != GrantState::kActive) {
          cache_.Forget(flight->id);
        }
        Land(*flight);
      });
}

absl::Status Refresher::DecideAndBegin(Flight& flight, Ledger& ledger) const {
  const absl::Time now = clock_.Now();
  flight.lease.reset();
  flight.tokens.clear();
  auto grant = ledger.grants().Get(flight.id);
  if (!grant.ok()) return grant.status();
  flight.grant = *std::move(grant);
  if (flight.grant.state != GrantState::kActive) return absl::OkStatus();

  flight.provider = providers_.Find(flight.grant.provider);
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
      return BeginWithin(flight, ledger, now);
    case GrantRenewal::kClientCredentials:
      return BeginLease(flight, ledger, now);
    case GrantRenewal::kNone:
      return Expire(flight, token && token->token.expiry > now, ledger, now);
  }
  return absl::OkStatus();
}

absl::Status Refresher::Expire(Flight& flight, bool lives, Ledger& ledger,
                               absl::Time now) const {
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

absl::Status Refresher::BeginWithin(Flight& flight, Ledger& ledger,
                                    absl::Time now) const {
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

absl::Status Refresher::BeginLease(Flight& flight, Ledger& ledger,
                                   absl::Time now) const {
  auto lease =
      ledger.refreshes().Begin(flight.id, flight.grant.generation, now);
  if (!lease.ok()) return lease.status();
  lease->asked = ScopesToAsk(flight.grant, flight.need, *flight.provider);
  flight.lease = *std::move(lease);
  return absl::OkStatus();
}

void Refresher::Send(const FlightPtr& flight) {
  const RefreshLease& lease = *flight->lease;
  const ClientIdentity identity =
      IdentityOf(lease.client, lease.client_secret, lease.grant.data_center,
                 callback_uri_);
  const bool names_scopes =
      !lease.refresh_token || flight->provider->scope_on_refresh;
  const Scopes& scopes =
      lease.asked.empty() && names_scopes ? lease.grant.scopes : lease.asked;
  auto redeemed = [this, flight](RedeemResult result) {
    if (auto* granted = std::get_if<Granted>(&result)) {
      return Commit(flight,
                    std::make_shared<const Granted>(std::move(*granted)));
    }
    Fail(flight, result);
  };
  if (lease.refresh_token) {
    upstream_.RedeemRefreshToken(identity, *lease.refresh_token, scopes,
                                 std::move(redeemed));
  } else {
    upstream_.RequestClientCredentials(
        identity, scopes, lease.grant.organization, std::move(redeemed));
  }
}

void Refresher::Commit(const FlightPtr& flight,
                       std::shared_ptr<const Granted> granted) {
  const auto generation = std::make_shared<absl::StatusOr<int64_t>>();
  journal_.Write(
      [this, flight, granted, generation](Ledger& ledger) {
        const absl::Time now = clock_.Now();
        const auto pause = PauseAfterExpired(*granted, flight->grant);
        *generation =
            ledger.refreshes().Commit(*flight->lease, *granted, pause, now);
        // Ended meanwhile: what the ledger does about a new refresh token is to
        // stay, so this is no error of the work's.
        if (absl::IsFailedPrecondition(generation->status())) {
          return absl::OkStatus();
        }
        if (!generation->ok()) return generation->status();
        const absl::Status settled = ledger.limits().Settle(flight->id, now);
        if (!settled.ok()) return settled;
        Grant grant = flight->grant;
        grant.generation = **generation;
        return ledger.events().Append(event::About(
            grant, pause ? event::kRefreshFailed : event::kTokenRefreshed,
            flight->actor, now,
            pause ? RefusalOfPause(*pause, now) : absl::OkStatus()));
      },
      [this, flight, granted, generation](absl::Status status) {
        if (!absl::IsUnavailable(status)) {
          if (!status.ok()) *generation = std::move(status);
          return Committed(flight, *granted, *generation);
        }
        // The only copy of a rotated refresh token is in our hands: the flight
        // goes on until the ledger takes it.
        log::Error("refresh.unsaved", {{"grant", flight->id.value()}});
        flight->end = End::kFailed;
        flight->refusal = std::move(status);
        for (Waiter& waiter : flights_.Release(flight->id)) {
          Answer(*flight, std::move(waiter));
        }
        executor_.After(kCommitRetry,
                        [this, flight, granted] { Commit(flight, granted); });
      });
}

void Refresher::Committed(const FlightPtr& flight, const Granted& granted,
                          const absl::StatusOr<int64_t>& generation) {
  if (generation.ok()) {
    if (const auto pause = PauseAfterExpired(granted, flight->grant)) {
      // The token before it may still live.
      flight->end = End::kFailed;
      flight->refusal = RefusalOfPause(*pause, clock_.Now());
    } else {
      AccessToken token = Copy(granted.access_token);
      // Of fewer scopes than asked for the answer would say so (RFC 6749
      // section 5.1).
      if (token.scopes.empty()) token.scopes = flight->lease->asked;
      flight->tokens.insert(flight->tokens.begin(),
                            Issue(flight->grant, *generation, std::move(token),
                                  *flight->provider));
      flight->end = End::kFresh;
    }
  } else if (absl::IsFailedPrecondition(generation.status())) {
    // Ended while the provider answered: nothing brings it back, and a new
    // refresh token is the provider's to forget.
    flight->end = End::kAgain;
    revocation_.Pump();
  } else if (absl::IsAborted(generation.status())) {
    flight->end = End::kAgain;
  } else {
    flight->end = End::kFailed;
    flight->refusal = generation.status();
  }
  Land(*flight);
}

void Refresher::Fail(const FlightPtr& flight, const RedeemResult& result) {
  const absl::Time now = clock_.Now();
  const RefreshFailure failure =
      FailureOf(result, *flight->lease, flight->provider->may_rotate, now);
  flight->end = End::kFailed;
  flight->refusal = RefusalOfRefresh(result, failure, flight->grant, now);
  const auto* rejected = std::get_if<Misconfigured>(&result);
  const std::string rejection = rejected != nullptr ? rejected->detail : "";
  const bool may_have_come = std::holds_alternative<OutcomeUnknown>(result);
  journal_.Write(
      [flight, failure, rejection, may_have_come, now](Ledger& ledger) {
        absl::Status status =
            ledger.refreshes().Fail(*flight->lease, failure, now);
        if (!status.ok()) return status;
        if (!may_have_come) {
          status = ledger.limits().TakeBack(flight->id);
          if (!status.ok()) return status;
        }
        if (!rejection.empty()) {
          const auto stands =
              NoteMisconfiguration(*flight->lease, rejection, ledger, now);
          if (!stands.ok()) return stands.status();
          flight->end = *stands ? End::kFailed : End::kAgain;
        }
        return ledger.events().Append(
            event::About(flight->grant, KindOf(failure, !rejection.empty()),
                         flight->actor, now, flight->refusal));
      },
      [this, flight, failure](const absl::Status& status) {
        if (!status.ok()) {
          // The provider's word stands for those who wait; the note of the
          // beginning is what the next flight goes by.
          log::Error("refresh.failure_unsaved",
                     {{"grant", flight->id.value()}});
        }
        if (failure.dead) {
          flight->tokens.clear();
          cache_.Forget(flight->id);
        }
        if (failure.outcome_unknown) lost_answers_.Pump();
        Land(*flight);
      });
}

void Refresher::Land(const Flight& flight) {
  for (Waiter& waiter : flights_.Land(flight.id)) {
    Answer(flight, std::move(waiter));
  }
}

void Refresher::Answer(const Flight& flight, Waiter waiter) {
  const absl::Time now = clock_.Now();
  const auto token =
      flight.tokens.empty()
          ? nullptr
          : Choose(flight.tokens, waiter.need, flight.provider->scopes, now);
  const std::optional<TokenLife> life = LifeOf(token);
  if (life && Meets(*life, waiter.need, now)) {
    return waiter.done(token);
  }
  const bool serves = life && Serves(*life, waiter.need, now);
  switch (flight.end) {
    case End::kDecided: {
      // The decision was about the leader's need; this one's may be another.
      const Decision decision =
          Decide(flight.grant, flight.client, life, waiter.need, now);
      if (const auto* refusal = std::get_if<absl::Status>(&decision)) {
        return waiter.done(*refusal);
      }
      if (std::holds_alternative<UseNewest>(decision)) {
        return waiter.done(token);
      }
      break;
    }
    case End::kFresh:
      if (!serves && !Covers(flight.tokens.front()->token.scopes,
                             waiter.need.scopes, flight.provider->scopes)) {
        // The new one is for what another asked for; or the provider gave less.
        if (waiter.need.scopes != flight.need.scopes) break;
        return waiter.done(RefusalOfNarrowing());
      }
      if (const auto refusal = RefusalOfMinTtl(*life, waiter.need, now)) {
        return waiter.done(*refusal);
      }
      // Short of it by no more than the way here took: nothing is fresher.
      if (serves) return waiter.done(token);
      break;
    case End::kFailed:
      if (serves) return waiter.done(token);
      return waiter.done(flight.refusal);
    case End::kAgain:
      break;
  }
  Refresh(flight.id, waiter.need, waiter.actor, std::move(waiter.done));
}

}  // namespace bursar

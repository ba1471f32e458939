#include "server/core/refresher.h"

#include <functional>
#include <utility>
#include <variant>

#include "server/base/log.h"
#include "server/core/event.h"
#include "server/core/issued_token.h"
#include "server/core/redeem_failure.h"
#include "server/core/refresh_answer.h"
#include "server/core/refresh_beginning.h"
#include "server/core/refresh_ending.h"

namespace bursar {
namespace {

// A result that only memory holds is worth trying again to keep.
constexpr absl::Duration kCommitRetry = absl::Seconds(1);

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
  auto flight = std::make_shared<RefreshFlight>();
  flight->id = grant;
  flight->need = need;
  flight->actor = actor;
  Begin(flight);
}

void Refresher::Begin(const FlightPtr& flight) {
  journal_.Write(
      [this, flight](Ledger& ledger) {
        return BeginRefresh(*flight, providers_, ledger, clock_.Now());
      },
      [this, flight](absl::Status status) {
        if (status.ok() && flight->lease) return Send(flight);
        if (!status.ok()) {
          flight->end = RefreshFlight::End::kFailed;
          flight->refusal = std::move(status);
        } else if (flight->grant.state != GrantState::kActive) {
          cache_.Forget(flight->id);
        }
        Land(*flight);
      });
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
        *generation = CommitRefresh(*flight, *granted, ledger, clock_.Now());
        // Ended meanwhile: what the ledger does about a new refresh token is to
        // stay, so this is no error of the work's.
        if (absl::IsFailedPrecondition(generation->status())) {
          return absl::OkStatus();
        }
        return generation->status();
      },
      [this, flight, granted, generation](absl::Status status) {
        if (absl::IsUnavailable(status)) {
          return KeepTrying(flight, granted, std::move(status));
        }
        if (!status.ok()) *generation = std::move(status);
        Committed(flight, *granted, *generation);
      });
}

void Refresher::KeepTrying(const FlightPtr& flight,
                           const std::shared_ptr<const Granted>& granted,
                           absl::Status why) {
  log::Error("refresh.unsaved", {{"grant", flight->id.value()}});
  flight->end = RefreshFlight::End::kFailed;
  flight->refusal = std::move(why);
  for (Waiter& waiter : flights_.Release(flight->id)) {
    Answer(*flight, std::move(waiter));
  }
  executor_.After(kCommitRetry,
                  [this, flight, granted] { Commit(flight, granted); });
}

void Refresher::Committed(const FlightPtr& flight, const Granted& granted,
                          const absl::StatusOr<int64_t>& generation) {
  if (generation.ok()) {
    if (const auto pause = PauseAfterExpired(granted, flight->grant)) {
      // The token before it may still live.
      flight->end = RefreshFlight::End::kFailed;
      flight->refusal = RefusalOfPause(*pause, clock_.Now());
    } else {
      AccessToken token = Copy(granted.access_token);
      // Of fewer scopes than asked for the answer would say so (RFC 6749
      // section 5.1).
      if (token.scopes.empty()) token.scopes = flight->lease->asked;
      flight->tokens.insert(flight->tokens.begin(),
                            Issue(flight->grant, *generation, std::move(token),
                                  *flight->provider));
      flight->end = RefreshFlight::End::kFresh;
    }
  } else if (absl::IsFailedPrecondition(generation.status())) {
    // Ended while the provider answered: nothing brings it back, and a new
    // refresh token is the provider's to forget.
    flight->end = RefreshFlight::End::kAgain;
    revocation_.Pump();
  } else if (absl::IsAborted(generation.status())) {
    flight->end = RefreshFlight::End::kAgain;
  } else {
    flight->end = RefreshFlight::End::kFailed;
    flight->refusal = generation.status();
  }
  Land(*flight);
}

void Refresher::Fail(const FlightPtr& flight, const RedeemResult& result) {
  const absl::Time now = clock_.Now();
  const RefreshVerdict verdict = VerdictOf(result, *flight, now);
  flight->end = RefreshFlight::End::kFailed;
  flight->refusal =
      RefusalOfRefresh(result, verdict.failure, flight->grant, now);
  journal_.Write(
      [flight, verdict, now](Ledger& ledger) {
        const auto end = FailRefresh(*flight, verdict, ledger, now);
        if (end.ok()) flight->end = *end;
        return end.status();
      },
      [this, flight, failure = verdict.failure](const absl::Status& status) {
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

void Refresher::Land(const RefreshFlight& flight) {
  for (Waiter& waiter : flights_.Land(flight.id)) {
    Answer(flight, std::move(waiter));
  }
}

void Refresher::Answer(const RefreshFlight& flight, Waiter waiter) {
  if (auto answer = AnswerOf(flight, waiter.need, clock_.Now())) {
    return waiter.done(*std::move(answer));
  }
  Refresh(flight.id, waiter.need, waiter.actor, std::move(waiter.done));
}

}  // namespace bursar

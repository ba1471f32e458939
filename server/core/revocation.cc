#include "server/core/revocation.h"

#include <algorithm>
#include <utility>

#include "server/base/log.h"
#include "server/core/event.h"
#include "server/core/issued_token.h"

namespace bursar {
namespace {

constexpr int kAtOnce = 100;
constexpr absl::Duration kLongestPause = absl::Hours(1);

// 1 s doubling to an hour: a provider that is down is asked until it is back.
absl::Duration PauseBefore(int64_t attempts) {
  const int64_t doublings = std::clamp<int64_t>(attempts, 0, 12);
  return std::min(absl::Seconds(int64_t{1} << doublings), kLongestPause);
}

absl::StatusOr<GrantId> GrantOf(const Secret& token, Ledger& ledger) {
  const auto owner = ledger.grants().OwnerOf(token);
  if (absl::IsNotFound(owner.status())) {
    return NotFound("token", "no grant here has or had this token");
  }
  if (!owner.ok()) return owner.status();
  return owner->grant;
}

// The ledger's target for the caller's, if what it names exists.
absl::StatusOr<RevocationTarget> Resolve(const Revocation::Target& target,
                                         Ledger& ledger) {
  const auto require_client =
      [&](const ClientName& name) -> absl::StatusOr<RevocationTarget> {
    const auto client = ledger.clients().Get(name);
    if (absl::IsNotFound(client.status())) {
      return NotFound("client", "no such client: see Clients.ListClients");
    }
    if (!client.ok()) return client.status();
    return RevocationTarget(name);
  };
  if (const auto* token = std::get_if<std::shared_ptr<const Secret>>(&target)) {
    auto grant = GrantOf(**token, ledger);
    if (!grant.ok()) return grant.status();
    return RevocationTarget(*std::move(grant));
  }
  if (const auto* id = std::get_if<GrantId>(&target)) {
    const auto grant = ledger.grants().Get(*id);
    if (absl::IsNotFound(grant.status())) {
      return NotFound("grant", "no such grant: see Grants.ListGrants");
    }
    if (!grant.ok()) return grant.status();
    return RevocationTarget(*id);
  }
  if (const auto* name = std::get_if<ClientName>(&target)) {
    return require_client(*name);
  }
  if (const auto* pair = std::get_if<std::pair<UserId, ClientName>>(&target)) {
    const auto client = require_client(pair->second);
    if (!client.ok()) return client.status();
    return RevocationTarget(*pair);
  }
  return RevocationTarget(std::get<UserId>(target));
}

// What the outbox records of a revocation that has come to its end.
Event SettledEvent(const PendingRevocation& pending, RevokeResult result,
                   absl::Time now) {
  const bool refused = result == RevokeResult::kRefused;
  Event event = event::About(
      pending.user, pending.client.name,
      refused ? event::kRevocationRefused : event::kRevocationConfirmed,
      event::Server(), now);
  event.grant = pending.grant;
  if (refused) event.outcome = "REFUSED";
  if (result == RevokeResult::kUnknownToProvider) {
    event.outcome = "UNKNOWN_TO_PROVIDER";
  }
  return event;
}

}  // namespace

Revocation::Revocation(Journal& journal, Upstream& upstream, TokenCache& cache,
                       Executor& executor, const Clock& clock)
    : journal_(journal),
      upstream_(upstream),
      cache_(cache),
      clock_(clock),
      next_pump_(executor, clock, [this] { Pump(); }) {}

void Revocation::Revoke(Target target, Actor actor, absl::Time now,
                        RevokedDone done) {
  const auto ended = std::make_shared<std::vector<GrantId>>();
  journal_.Write(
      [target = std::move(target), actor = std::move(actor), now,
       ended](Ledger& ledger) {
        ended->clear();
        const auto resolved = Resolve(target, ledger);
        if (!resolved.ok()) return resolved.status();
        const auto grants = ledger.endings().Revoke(*resolved, now);
        if (!grants.ok()) return grants.status();
        for (const Grant& grant : *grants) {
          ended->push_back(grant.id);
          const absl::Status status = ledger.events().Append(
              event::About(grant, event::kGrantRevoked, actor, now));
          if (!status.ok()) return status;
        }
        return absl::OkStatus();
      },
      [this, ended, done = std::move(done)](absl::Status status) mutable {
        if (!status.ok()) return done(std::move(status));
        for (const GrantId& grant : *ended) cache_.Forget(grant);
        done(std::move(*ended));
        Pump();
      });
}

void Revocation::Retry(RevocationFilter filter, absl::Time now,
                       absl::AnyInvocable<void(absl::StatusOr<int64_t>)> done) {
  const auto hastened = std::make_shared<int64_t>();
  journal_.Write(
      [filter = std::move(filter), now, hastened](Ledger& ledger) {
        const auto found = ledger.revocations().Hasten(filter, now);
        if (found.ok()) *hastened = *found;
        return found.status();
      },
      [this, hastened, done = std::move(done)](absl::Status status) mutable {
        if (!status.ok()) return done(std::move(status));
        done(*hastened);
        Pump();
      });
}

void Revocation::Pump() {
  const auto due = std::make_shared<std::vector<PendingRevocation>>();
  const auto next = std::make_shared<std::optional<absl::Time>>();
  const auto waiting = std::make_shared<int64_t>();
  journal_.Read(
      [this, due, next, waiting](Ledger& ledger) {
        auto found = ledger.revocations().Due(clock_.Now(), kAtOnce);
        if (!found.ok()) return found.status();
        *due = *std::move(found);
        auto later = ledger.revocations().NextDue();
        if (!later.ok()) return later.status();
        *next = *later;
        const auto count = ledger.revocations().CountPending();
        if (!count.ok()) return count.status();
        *waiting = *count;
        return absl::OkStatus();
      },
      [this, due, next, waiting](const absl::Status& status) {
        if (!status.ok()) {
          log::Error("revocation.unreadable");
          return next_pump_.At(clock_.Now() + kLongestPause);
        }
        pending_ = *waiting;
        for (PendingRevocation& pending : *due) Send(std::move(pending));
        if (due->empty() && *next) next_pump_.At(**next);
      });
}

void Revocation::Send(PendingRevocation pending) {
  {
    const std::lock_guard lock(mutex_);
    if (!sending_.insert(pending.refresh_token_number).second) return;
  }
  if (!pending.unreadable.ok()) {
    log::Error("revocation.unreadable",
               {{"grant", pending.grant.value()},
                {"error", pending.unreadable.message()}});
    // Until somebody brings the key back.
    return Settle(pending, RevokeResult::kTryAgain);
  }
  const ClientIdentity identity = IdentityOf(
      pending.client, pending.client_secret, pending.data_center, "");
  const auto shared =
      std::make_shared<const PendingRevocation>(std::move(pending));
  upstream_.Revoke(
      identity, shared->refresh_token,
      [this, shared](RevokeResult result) { Settle(*shared, result); });
}

void Revocation::Settle(const PendingRevocation& pending, RevokeResult result) {
  const absl::Time now = clock_.Now();
  const Event settled = SettledEvent(pending, result, now);
  journal_.Write(
      [number = pending.refresh_token_number, attempts = pending.attempts,
       result, now, settled](Ledger& ledger) {
        RevocationState state = RevocationState::kConfirmed;
        switch (result) {
          case RevokeResult::kTryAgain:
            return ledger.revocations().Postpone(number,
                                                 now + PauseBefore(attempts));
          case RevokeResult::kConfirmed:
            break;
          case RevokeResult::kUnknownToProvider:
            state = RevocationState::kUnknownToProvider;
            break;
          case RevokeResult::kRefused:
            state = RevocationState::kRefused;
            break;
        }
        const absl::Status status =
            ledger.revocations().Settle(number, state, now);
        return status.ok() ? ledger.events().Append(settled) : status;
      },
      [this,
       number = pending.refresh_token_number](const absl::Status& status) {
        if (!status.ok()) log::Error("revocation.unsaved");
        bool is_last = false;
        {
          const std::lock_guard lock(mutex_);
          sending_.erase(number);
          is_last = sending_.empty();
        }
        // What could not be saved is still due: not at once again.
        if (!status.ok()) return next_pump_.At(clock_.Now() + PauseBefore(0));
        if (is_last) Pump();
      });
}

}  // namespace bursar

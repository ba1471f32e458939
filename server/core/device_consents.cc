#include "server/core/device_consents.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/core/event.h"
#include "server/core/find_client.h"
#include "server/core/limit_check.h"
#include "server/core/match.h"
#include "server/core/reason.h"
#include "server/core/redeem_failure.h"

namespace bursar {
namespace {

constexpr std::size_t kDeviceConsentIdBytes = 15;
constexpr int kPolledAtOnce = 100;
// The longest that a change of the clock goes unseen.
constexpr absl::Duration kLook = absl::Seconds(1);
// What slow_down adds to the interval (RFC 8628 section 3.5).
constexpr absl::Duration kSlowDownStep = absl::Seconds(5);
// Where doubling the interval of a provider in trouble ends.
constexpr absl::Duration kSlowest = absl::Minutes(1);

absl::Status NoDeviceFlow() {
  return FieldInvalid("client",
                      "its provider has no device flow: begin with "
                      "Grants.BeginConsent");
}

// RFC 8628 section 3.5: a client that met trouble polls half as often.
absl::Duration Doubled(absl::Duration interval) {
  return std::max(interval, std::min(2 * interval, kSlowest));
}

Reason ReasonIn(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  return refusal ? refusal->reason : Reason::kLedgerUnavailable;
}

Event DeviceEvent(const DeviceConsent& consent, absl::string_view kind,
                  const absl::Status& status, absl::Time now) {
  return event::About(consent.user, consent.client, kind, event::Server(), now,
                      status);
}

Event DeclinedEvent(const DeviceConsent& consent, absl::Time now) {
  return DeviceEvent(
      consent, event::kConsentDeclined,
      ToStatus({Reason::kConsentDeclined, "the user declined", {}, {}, {}}),
      now);
}

Event ExpiredEvent(const DeviceConsent& consent, absl::Time now) {
  Event expired =
      DeviceEvent(consent, event::kConsentFailed, absl::OkStatus(), now);
  expired.outcome = "EXPIRED";
  return expired;
}

}  // namespace

// One that is being begun.
struct DeviceConsents::Opening {
  BeginRequest request;
  absl::Time now;
  BegunDone done;
  /// As for every other consent; nothing is exchanged yet.
  Exchange exchange;
  std::vector<GrantId> evicts;
};

// One that is being polled for; in the hands of one callback at a time.
struct DeviceConsents::Poll {
  PendingDeviceConsent pending;
  ExchangePtr exchange = std::make_shared<Exchange>();
  /// As it was found: nobody polled since.
  absl::Time read_next_poll;
  bool claimed = false;
};

DeviceConsents::DeviceConsents(Journal& journal, Upstream& upstream,
                               const Providers& providers,
                               Revocation& revocation, TokenCache& cache,
                               Executor& executor, const Clock& clock,
                               Random& random)
    : journal_(journal),
      upstream_(upstream),
      providers_(providers),
      executor_(executor),
      clock_(clock),
      random_(random),
      maker_(journal, upstream, revocation, cache, clock, random) {}

void DeviceConsents::Begin(BeginRequest request, absl::Time now,
                           BegunDone done) {
  const auto opening = std::make_shared<Opening>();
  opening->request = std::move(request);
  opening->now = now;
  opening->done = std::move(done);
  journal_.Read(
      [this, opening](Ledger& ledger) { return Prepare(*opening, ledger); },
      [this, opening](absl::Status status) {
        if (!status.ok()) return opening->done(std::move(status));
        const Exchange& exchange = opening->exchange;
        upstream_.BeginDevice(
            exchange.Identity(), exchange.consent.scopes,
            [this, opening](DeviceBeginResult result) {
              if (const auto* failed = std::get_if<RedeemResult>(&result)) {
                return opening->done(RefusalOfExchange(*failed, clock_.Now()));
              }
              Open(opening, std::get<DeviceAuthorization>(std::move(result)));
            });
      });
}

absl::Status DeviceConsents::Prepare(Opening& opening, Ledger& ledger) const {
  const BeginRequest& request = opening.request;
  Exchange& exchange = opening.exchange;
  exchange.actor = request.actor;
  exchange.consent.user = request.user;
  exchange.consent.client = request.client;
  auto client = FindClient(request.client, ledger);
  if (!client.ok()) return client.status();
  exchange.client = *std::move(client);
  const auto provider = FindProvider(exchange.client, providers_);
  if (!provider.ok()) return provider.status();
  exchange.provider = *provider;
  if (!(*provider)->device) return NoDeviceFlow();
  exchange.consent.data_center = HomeOf(exchange.client, **provider);
  auto scopes = ScopesOr(request.scopes, exchange.client, **provider);
  if (!scopes.ok()) return scopes.status();
  exchange.consent.scopes = *std::move(scopes);
  auto secret = ledger.client_secrets().Get(request.client);
  if (!secret.ok()) return secret.status();
  exchange.client_secret = *std::move(secret);
  const LimitCheck check = exchange.Check(opening.now);
  const absl::Status room = CheckRoom(check, Counted::kRefreshTokens, ledger);
  if (!room.ok()) return room;
  auto evicts = CheckEviction(
      check, request.on_cap.value_or((*provider)->on_cap), ledger);
  if (!evicts.ok()) return evicts.status();
  opening.evicts = *std::move(evicts);
  return absl::OkStatus();
}

void DeviceConsents::Open(const std::shared_ptr<Opening>& opening,
                          DeviceAuthorization device) {
  const PendingConsent& asked = opening->exchange.consent;
  const auto pending = std::make_shared<PendingDeviceConsent>();
  pending->consent.id = DeviceConsentId(
      absl::StrCat("device-", RandomText(random_, kDeviceConsentIdBytes)));
  pending->consent.user = asked.user;
  pending->consent.client = asked.client;
  pending->consent.data_center = asked.data_center;
  pending->consent.scopes = asked.scopes;
  pending->consent.actor = opening->request.actor;
  pending->consent.expiry = device.expiry;
  pending->device_code = std::move(device.device_code);
  pending->interval = device.interval;
  pending->next_poll = clock_.Now() + device.interval;
  const auto begun = std::make_shared<Begun>(
      Begun{pending->consent.id, std::move(device.user_code),
            std::move(device.verification_uri),
            std::move(device.verification_uri_complete), device.expiry,
            std::move(opening->evicts)});
  journal_.Write(
      [pending, now = opening->now](Ledger& ledger) {
        const absl::Status put = ledger.device_consents().Put(*pending, now);
        if (!put.ok()) return put;
        const DeviceConsent& consent = pending->consent;
        return ledger.events().Append(event::About(consent.user, consent.client,
                                                   event::kConsentBegun,
                                                   consent.actor, now));
      },
      [this, opening, begun](absl::Status status) {
        if (!status.ok()) return opening->done(std::move(status));
        opening->done(std::move(*begun));
        Pump();
      });
}

void DeviceConsents::Pump() {
  const auto all = std::make_shared<std::vector<PendingDeviceConsent>>();
  journal_.Read(
      [all](Ledger& ledger) {
        auto pending = ledger.device_consents().Pending(kPolledAtOnce);
        if (!pending.ok()) return pending.status();
        *all = *std::move(pending);
        return absl::OkStatus();
      },
      [this, all](const absl::Status& status) {
        const absl::Time now = clock_.Now();
        if (!status.ok()) {
          log::Error("device_consents.unreadable");
          return Wake(now + kSlowest);
        }
        absl::Time soonest = absl::InfiniteFuture();
        for (PendingDeviceConsent& pending : *all) {
          const absl::Time due =
              std::min(pending.next_poll, pending.consent.expiry);
          if (due <= now) {
            Start(std::move(pending));
          } else {
            soonest = std::min(soonest, due);
          }
        }
        if (soonest != absl::InfiniteFuture()) {
          Wake(std::min(soonest, now + kLook));
        }
      });
}

void DeviceConsents::Start(PendingDeviceConsent pending) {
  {
    const std::lock_guard lock(mutex_);
    if (!polling_.insert(pending.consent.id).second) return;
  }
  const auto poll = std::make_shared<Poll>();
  poll->pending = std::move(pending);
  poll->read_next_poll = poll->pending.next_poll;
  const DeviceConsent& consent = poll->pending.consent;
  if (consent.expiry <= clock_.Now()) {
    return End(consent.id, {DeviceConsentState::kExpired},
               ExpiredEvent(consent, clock_.Now()));
  }
  journal_.Write([this, poll](Ledger& ledger) { return Claim(*poll, ledger); },
                 [this, poll](const absl::Status& status) {
                   if (status.ok() && poll->claimed) return Send(poll);
                   if (status.ok() || absl::IsUnavailable(status)) {
                     return Land(poll->pending.consent.id);
                   }
                   End(poll->pending.consent.id,
                       {DeviceConsentState::kFailed, ReasonIn(status)},
                       DeviceEvent(poll->pending.consent, event::kConsentFailed,
                                   status, clock_.Now()));
                 });
}

// Puts the next poll off before this one is sent, so that a restart does not
// poll twice within the interval.
absl::Status DeviceConsents::Claim(Poll& poll, Ledger& ledger) const {
  PendingDeviceConsent& pending = poll.pending;
  pending.next_poll = clock_.Now() + pending.interval;
  const auto claimed =
      ledger.device_consents().Reschedule(pending, poll.read_next_poll);
  if (!claimed.ok()) return claimed.status();
  poll.claimed = *claimed;
  if (!poll.claimed) return absl::OkStatus();
  Exchange& exchange = *poll.exchange;
  const DeviceConsent& consent = pending.consent;
  exchange.actor = event::Server();
  exchange.consent.user = consent.user;
  exchange.consent.client = consent.client;
  exchange.consent.data_center = consent.data_center;
  exchange.consent.scopes = consent.scopes;
  auto client = FindClient(consent.client, ledger);
  if (!client.ok()) return client.status();
  exchange.client = *std::move(client);
  const auto provider = FindProvider(exchange.client, providers_);
  if (!provider.ok()) return provider.status();
  exchange.provider = *provider;
  auto secret = ledger.client_secrets().Get(consent.client);
  if (!secret.ok()) return secret.status();
  exchange.client_secret = *std::move(secret);
  return absl::OkStatus();
}

void DeviceConsents::Send(const PollPtr& poll) {
  upstream_.PollDevice(poll->exchange->Identity(), poll->pending.device_code,
                       [this, poll](DevicePollResult result) {
                         Settle(poll, std::move(result));
                       });
}

void DeviceConsents::Settle(const PollPtr& poll, DevicePollResult result) {
  PendingDeviceConsent& pending = poll->pending;
  const absl::Time now = clock_.Now();
  std::visit(
      Match{
          [&](DevicePending) { AskAgain(poll, pending.interval); },
          [&](DeviceSlowDown) {
            const auto& rule = poll->exchange->provider->device;
            pending.interval =
                std::max(pending.interval + kSlowDownStep,
                         rule ? rule->slow_interval : absl::ZeroDuration());
            AskAgain(poll, pending.interval);
          },
          [&](DeviceElsewhere& elsewhere) {
            pending.consent.data_center = std::move(elsewhere.data_center);
            AskAgain(poll, pending.interval);
          },
          [&](DeviceDeclined) {
            End(pending.consent.id, {DeviceConsentState::kDeclined},
                DeclinedEvent(pending.consent, now));
          },
          [&](DeviceExpired) {
            End(pending.consent.id, {DeviceConsentState::kExpired},
                ExpiredEvent(pending.consent, now));
          },
          [&](RedeemResult& redeemed) { Redeemed(poll, std::move(redeemed)); },
      },
      result);
}

void DeviceConsents::Redeemed(const PollPtr& poll, RedeemResult result) {
  PendingDeviceConsent& pending = poll->pending;
  const absl::Time now = clock_.Now();
  if (const auto pause = PauseAfter(result, 1, now)) {
    pending.interval = Doubled(pending.interval);
    return AskAgain(poll, std::max(pending.interval, pause->until - now));
  }
  Exchange& exchange = *poll->exchange;
  exchange.before_storing = [id = pending.consent.id](const Exchange& made,
                                                      Ledger& ledger,
                                                      absl::Time at) {
    const absl::Status noted =
        NoteUse(made.Check(at), Counted::kRefreshTokens, ledger);
    if (!noted.ok()) return noted;
    return ledger.device_consents().End(
        id, {DeviceConsentState::kGranted, std::nullopt, made.id}, at);
  };
  exchange.done = [this, id = pending.consent.id](absl::StatusOr<Grant> grant) {
    if (grant.ok()) return Land(id);
    // The event is the maker's.
    End(id, {DeviceConsentState::kFailed, ReasonIn(grant.status())},
        std::nullopt);
  };
  maker_.Finish(poll->exchange, std::move(result));
}

void DeviceConsents::AskAgain(const PollPtr& poll, absl::Duration pause) {
  const absl::Time was = poll->pending.next_poll;
  poll->pending.next_poll = clock_.Now() + pause;
  journal_.Write(
      [poll, was](Ledger& ledger) {
        return ledger.device_consents().Reschedule(poll->pending, was).status();
      },
      [this, poll](const absl::Status& status) {
        if (!status.ok()) log::Error("device_consent.unsaved");
        Land(poll->pending.consent.id);
      });
}

void DeviceConsents::End(const DeviceConsentId& id, DeviceConsentEnd end,
                         std::optional<Event> event) {
  journal_.Write(
      [id, end = std::move(end), event = std::move(event),
       now = clock_.Now()](Ledger& ledger) {
        const absl::Status ended = ledger.device_consents().End(id, end, now);
        if (!ended.ok() || !event) return ended;
        return ledger.events().Append(*event);
      },
      [this, id](const absl::Status& status) {
        if (!status.ok()) log::Error("device_consent.unsaved");
        Land(id);
      });
}

void DeviceConsents::Land(const DeviceConsentId& id) {
  {
    const std::lock_guard lock(mutex_);
    polling_.erase(id);
  }
  // Not at once: what could not be saved is still due.
  Wake(clock_.Now() + kLook);
}

void DeviceConsents::Wake(absl::Time at) {
  {
    const std::lock_guard lock(mutex_);
    if (at >= next_wake_) return;
    next_wake_ = at;
  }
  executor_.After(at - clock_.Now(), [this, at] {
    {
      const std::lock_guard lock(mutex_);
      if (next_wake_ == at) next_wake_ = absl::InfiniteFuture();
    }
    Pump();
  });
}

}  // namespace bursar

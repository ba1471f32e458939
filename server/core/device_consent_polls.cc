// How DeviceConsents asks the provider for one user's answer, and what follows.

#include <algorithm>
#include <utility>
#include <variant>

#include "server/base/log.h"
#include "server/core/device_consents.h"
#include "server/core/event.h"
#include "server/core/find_client.h"
#include "server/core/limit_check.h"
#include "server/core/match.h"
#include "server/core/reason.h"
#include "server/core/redeem_failure.h"

namespace bursar {
namespace {

// What slow_down adds to the interval (RFC 8628 section 3.5).
constexpr absl::Duration kSlowDownStep = absl::Seconds(5);
// Where doubling the interval of a provider in trouble ends.
constexpr absl::Duration kSlowest = absl::Minutes(1);

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

// One that is being polled for; in the hands of one callback at a time.
struct DeviceConsents::Poll {
  PendingDeviceConsent pending;
  ExchangePtr exchange = std::make_shared<Exchange>();
  /// As it was found: nobody polled since.
  absl::Time read_next_poll;
  bool claimed = false;
};

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
  if (!poll->pending.unreadable.ok()) {
    return End(
        consent.id,
        {DeviceConsentState::kFailed, ReasonIn(poll->pending.unreadable)},
        DeviceEvent(consent, event::kConsentFailed, poll->pending.unreadable,
                    clock_.Now()));
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
  exchange.consent.actor = consent.actor;
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
  auto secret =
      ledger.client_secrets().Get(consent.client, consent.data_center);
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
    return ledger.device_consents()
        .End(id, {DeviceConsentState::kGranted, std::nullopt, made.id}, at)
        .status();
  };
  exchange.done =
      [this, id = pending.consent.id](const absl::StatusOr<Grant>& grant) {
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
        const auto ended = ledger.device_consents().End(id, end, now);
        if (!ended.ok() || !*ended || !event) return ended.status();
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
  next_pump_.At(clock_.Now() + kLook);
}

}  // namespace bursar

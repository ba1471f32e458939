#include "server/core/device_consents.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/core/event.h"
#include "server/core/find_client.h"
#include "server/core/limit_check.h"
#include "server/core/reason.h"
#include "server/core/redeem_failure.h"

namespace bursar {
namespace {

constexpr std::size_t kDeviceConsentIdBytes = 15;
constexpr int kPolledAtOnce = 100;
// How long a ledger that cannot be read is left alone.
constexpr absl::Duration kLedgerPause = absl::Minutes(1);

absl::Status NoDeviceFlow() {
  return FieldInvalid("client",
                      "its provider has no device flow: begin with "
                      "Grants.BeginConsent");
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

DeviceConsents::DeviceConsents(Journal& journal, Upstream& upstream,
                               const Providers& providers,
                               Revocation& revocation, TokenCache& cache,
                               OwnUsers& own_users, Executor& executor,
                               const Clock& clock, Random& random)
    : journal_(journal),
      upstream_(upstream),
      providers_(providers),
      clock_(clock),
      next_pump_(executor, clock, [this] { Pump(); }),
      random_(random),
      maker_(journal, upstream, revocation, cache, own_users, clock, random) {}

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
  auto secret =
      ledger.client_secrets().Get(request.client, exchange.consent.data_center);
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
          return next_pump_.At(now + kLedgerPause);
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
          next_pump_.At(std::min(soonest, now + kLook));
        }
      });
}

}  // namespace bursar

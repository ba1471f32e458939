#include "server/core/grant_maker.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "server/core/freshness.h"
#include "server/core/grants_of.h"
#include "server/core/issued_token.h"
#include "server/core/reason.h"
#include "server/core/redeem_failure.h"

namespace bursar {
namespace {

constexpr std::size_t kGrantIdBytes = 15;

NewGrant NewGrantOf(const Exchange& exchange, const Granted& granted) {
  const PendingConsent& consent = exchange.consent;
  NewGrant grant;
  grant.id = exchange.id;
  grant.user = consent.user;
  grant.client = consent.client;
  grant.data_center = consent.data_center;
  grant.scopes = granted.access_token.scopes.empty()
                     ? consent.scopes
                     : granted.access_token.scopes;
  grant.renewal = exchange.renewal;
  grant.organization = exchange.organization;
  if (granted.refresh_token) {
    grant.refresh_token = granted.refresh_token->Clone();
  }
  grant.access_token = Copy(granted.access_token);
  grant.begun_by = consent.actor;
  return grant;
}

// Whether a newer grant makes an older one needless.
bool TakesPlaceOf(const NewGrant& newer, const Grant& older,
                  const ScopeGrammar& grammar) {
  return newer.data_center == older.data_center &&
         newer.renewal == older.renewal &&
         newer.organization == older.organization &&
         Covers(newer.scopes, older.scopes, grammar);
}

}  // namespace

absl::Status TokenHeldAlready() {
  return ToStatus({Reason::kResourceExists,
                   "a grant holds or held this refresh token",
                   {},
                   {},
                   {{"resource", "grant"}}});
}

ClientIdentity Exchange::Identity() const {
  ClientIdentity identity =
      IdentityOf(client, client_secret, consent.data_center, "");
  identity.redirect_uri = consent.redirect_uri;
  return identity;
}

LimitCheck Exchange::Check(absl::Time now) const {
  return {*provider,
          {provider->name, consent.user, consent.client, GrantId()},
          actor,
          now};
}

GrantMaker::GrantMaker(Journal& journal, Upstream& upstream,
                       Revocation& revocation, TokenCache& cache,
                       OwnUsers& own_users, const Clock& clock, Random& random)
    : journal_(journal),
      upstream_(upstream),
      revocation_(revocation),
      cache_(cache),
      own_users_(own_users),
      clock_(clock),
      random_(random) {}

void GrantMaker::Finish(const ExchangePtr& exchange, RedeemResult result) {
  auto* granted = std::get_if<Granted>(&result);
  if (granted == nullptr) {
    return Refuse(exchange, RefusalOfExchange(result, clock_.Now()));
  }
  if (!granted->refresh_token && !exchange->imported.empty()) {
    // Redeemed and not rotated: the one that was brought lives on.
    granted->refresh_token = exchange->imported.Clone();
  }
  absl::Status renewal = CheckRenewal(*exchange, *granted);
  if (!renewal.ok()) return Refuse(exchange, std::move(renewal));
  Store(exchange, std::make_shared<Granted>(std::move(*granted)));
}

absl::Status GrantMaker::CheckRenewal(const Exchange& exchange,
                                      const Granted& granted) const {
  const AccessToken& token = granted.access_token;
  switch (exchange.renewal) {
    case GrantRenewal::kClientCredentials:
      break;
    case GrantRenewal::kRefreshToken:
      if (granted.refresh_token) break;
      return ToStatus({Reason::kNoRefreshToken,
                       "the provider gave no refresh token: the consent must "
                       "ask for offline access and be given anew",
                       {},
                       {},
                       {}});
    case GrantRenewal::kNone:
      if (token.expiry > token.obtained) break;
      // Of no use already, and no other will come.
      return RefusalOfPause({token.obtained, Reason::kProviderExpiryInvalid},
                            token.obtained);
  }
  return absl::OkStatus();
}

void GrantMaker::Store(const ExchangePtr& exchange,
                       std::shared_ptr<Granted> granted) {
  exchange->id =
      GrantId(absl::StrCat("grant-", RandomText(random_, kGrantIdBytes)));
  journal_.Write(
      [this, exchange, granted](Ledger& ledger) {
        return StoreIn(*exchange, *granted, ledger);
      },
      [this, exchange, granted](absl::Status status) {
        if (absl::IsUnavailable(status) && exchange->imported.empty() &&
            granted->refresh_token) {
          // Nobody will ever hold this refresh token: it shall not count
          // against the provider's cap. Once is all that can be done.
          upstream_.Revoke(exchange->Identity(), *granted->refresh_token,
                           [](RevokeResult) {});
        }
        if (!status.ok()) return exchange->done(std::move(status));
        for (const auto* ended :
             {&exchange->superseded, &exchange->presumed_evicted}) {
          for (const GrantId& old : *ended) cache_.Forget(old);
        }
        const PendingConsent& consent = exchange->consent;
        own_users_.Note({consent.actor, consent.user, consent.client});
        exchange->done(std::move(exchange->stored));
        if (!exchange->superseded.empty()) revocation_.Pump();
      });
}

absl::Status GrantMaker::StoreIn(Exchange& exchange, const Granted& granted,
                                 Ledger& ledger) const {
  const absl::Time now = clock_.Now();
  if (exchange.before_storing) {
    const absl::Status before = exchange.before_storing(exchange, ledger, now);
    if (!before.ok()) return before;
  }
  const NewGrant grant = NewGrantOf(exchange, granted);
  // Before the new one is among them.
  const auto older =
      GrantsOf(grant.user, grant.client, GrantState::kActive, ledger);
  if (!older.ok()) return older.status();
  exchange.presumed_evicted.clear();
  if (exchange.imported.empty() && grant.refresh_token) {
    auto evicted = WouldEvict(exchange.Check(now), ledger);
    if (!evicted.ok()) return evicted.status();
    exchange.presumed_evicted = *std::move(evicted);
  }
  absl::Status status = ledger.grants().Add(grant, now);
  if (absl::IsAlreadyExists(status)) return TokenHeldAlready();
  if (!status.ok()) return status;
  exchange.superseded.clear();
  for (const Grant& old : *older) {
    if (!TakesPlaceOf(grant, old, exchange.provider->scopes)) continue;
    status = Supersede(exchange, old, ledger, now);
    if (!status.ok()) return status;
  }
  status = PresumeEvicted(exchange, ledger, now);
  if (!status.ok()) return status;
  auto stored = ledger.grants().Get(grant.id);
  if (!stored.ok()) return stored.status();
  exchange.stored = *std::move(stored);
  return ledger.events().Append(
      event::About(exchange.stored, exchange.success, exchange.actor, now));
}

absl::Status GrantMaker::PresumeEvicted(Exchange& exchange, Ledger& ledger,
                                        absl::Time now) const {
  for (const GrantId& id : exchange.presumed_evicted) {
    const auto grant = ledger.grants().Get(id);
    if (!grant.ok()) return grant.status();
    // Superseded by the new one, it is of no use any more.
    if (grant->state != GrantState::kActive) continue;
    absl::Status status = ledger.endings().PresumeEvicted(id, now);
    if (!status.ok()) return status;
    status = ledger.events().Append(event::About(
        *grant, event::kGrantPresumedEvicted, exchange.actor, now));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status GrantMaker::Supersede(Exchange& exchange, const Grant& old,
                                   Ledger& ledger, absl::Time now) const {
  const absl::Status status = ledger.endings().Supersede(
      old.id, exchange.id, exchange.provider->revoke_superseded, now);
  if (!status.ok()) return status;
  exchange.superseded.push_back(old.id);
  return ledger.events().Append(
      event::About(old, event::kGrantSuperseded, exchange.actor, now));
}

void GrantMaker::Refuse(const ExchangePtr& exchange, absl::Status refusal) {
  const Event failed = event::About(
      exchange->consent.user, exchange->consent.client, event::kConsentFailed,
      exchange->actor, clock_.Now(), refusal);
  journal_.Write(
      [failed](Ledger& ledger) { return ledger.events().Append(failed); },
      // The refusal is the news, kept or not.
      [exchange, refusal = std::move(refusal)](const absl::Status&) {
        exchange->done(refusal);
      });
}

}  // namespace bursar

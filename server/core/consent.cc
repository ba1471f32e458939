#include "server/core/consent.h"

#include <utility>

#include "server/core/event.h"
#include "server/core/find_client.h"
#include "server/core/issued_token.h"
#include "server/core/limit_check.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// 256 bits: nobody guesses a state, and RFC 7636 section 4.1 wants a verifier
// of 43 characters.
constexpr std::size_t kSecretBytes = 32;

GrantRenewal RenewalOf(ResponseType response_type) {
  return response_type == ResponseType::kToken ? GrantRenewal::kNone
                                               : GrantRenewal::kRefreshToken;
}

// Notes a code that is about to be exchanged, and the refresh token that it is
// to bring, if the provider has room for that.
absl::Status NoteExchange(const Exchange& exchange, absl::Time now,
                          Ledger& ledger) {
  const LimitCheck check = exchange.Check(now);
  const absl::Status room = CheckRoom(check, Counted::kRefreshTokens, ledger);
  if (!room.ok()) return room;
  for (const Counted counted : {Counted::kCodes, Counted::kRefreshTokens}) {
    const absl::Status noted = NoteUse(check, counted, ledger);
    if (!noted.ok()) return noted;
  }
  return absl::OkStatus();
}

}  // namespace

Consent::Consent(Journal& journal, Upstream& upstream,
                 const Providers& providers, Revocation& revocation,
                 TokenCache& cache, OwnUsers& own_users, const Clock& clock,
                 Random& random, Options options)
    : journal_(journal),
      upstream_(upstream),
      providers_(providers),
      random_(random),
      maker_(journal, upstream, revocation, cache, own_users, clock, random),
      options_(std::move(options)) {}

void Consent::Begin(const BeginRequest& request, absl::Time now,
                    BegunDone done) {
  const auto begun = std::make_shared<Begun>();
  begun->expiry = now + options_.lifetime;
  begun->state = Secret::Take(RandomText(random_, kSecretBytes));
  const auto verifier = std::make_shared<const Secret>(
      Secret::Take(RandomText(random_, kSecretBytes)));
  journal_.Write(
      [this, request, now, begun, verifier](Ledger& ledger) {
        return Open(request, *verifier, now, ledger, *begun);
      },
      [begun, done = std::move(done)](absl::Status status) mutable {
        if (!status.ok()) return done(std::move(status));
        done(std::move(*begun));
      });
}

absl::Status Consent::Open(const BeginRequest& request, const Secret& verifier,
                           absl::Time now, Ledger& ledger, Begun& begun) const {
  const auto client = FindClient(request.client, ledger);
  if (!client.ok()) return client.status();
  const auto found = FindProvider(*client, providers_);
  if (!found.ok()) return found.status();
  const Provider& provider = **found;
  const ClientIdentity identity = IdentityOf(
      *client, std::nullopt, HomeOf(*client, provider), options_.callback_uri);
  if (identity.redirect_uri.empty()) {
    return FieldInvalid("client",
                        "has no redirect_uri, and the broker has no callback: "
                        "give it one (Clients.UpdateClient)");
  }
  PendingConsent consent;
  auto scopes = ScopesOr(request.scopes, *client, provider);
  if (!scopes.ok()) return scopes.status();
  consent.scopes = *std::move(scopes);
  consent.state = begun.state.Clone();
  begun.renewable = RenewalOf(client->response_type) != GrantRenewal::kNone;
  if (provider.pkce && begun.renewable) consent.verifier = verifier.Clone();
  consent.user = request.user;
  consent.client = request.client;
  consent.data_center = identity.data_center;
  consent.redirect_uri = identity.redirect_uri;
  consent.actor = request.actor;
  consent.expiry = begun.expiry;
  begun.authorization_url = upstream_.AuthorizationUrl(
      identity, consent.scopes, begun.state, consent.verifier);
  if (begun.renewable) {
    auto evicts = CheckLimits(request, provider, now, ledger);
    if (!evicts.ok()) return evicts.status();
    begun.evicts = *std::move(evicts);
  }
  const absl::Status status = ledger.consents().Put(consent, now);
  if (!status.ok()) return status;
  return ledger.events().Append(event::About(
      request.user, request.client, event::kConsentBegun, request.actor, now));
}

absl::StatusOr<std::vector<GrantId>> Consent::CheckLimits(
    const BeginRequest& request, const Provider& provider, absl::Time now,
    Ledger& ledger) const {
  const LimitCheck check{
      provider,
      {provider.name, request.user, request.client, GrantId()},
      request.actor,
      now};
  for (const Counted counted : {Counted::kCodes, Counted::kRefreshTokens}) {
    const absl::Status room = CheckRoom(check, counted, ledger);
    if (!room.ok()) return room;
  }
  return CheckEviction(check, request.on_cap.value_or(provider.on_cap), ledger);
}

void Consent::Complete(Redirect redirect, absl::Time now, GrantDone done) {
  const auto exchange = std::make_shared<Exchange>();
  exchange->actor = redirect.actor;
  exchange->done = std::move(done);
  const auto shared = std::make_shared<const Redirect>(std::move(redirect));
  journal_.Write(
      [this, shared, now, exchange](Ledger& ledger) {
        return Take(*shared, now, ledger, *exchange);
      },
      [this, shared, now, exchange](absl::Status status) {
        if (!status.ok()) return exchange->done(std::move(status));
        Redeem(exchange, *shared, now);
      });
}

absl::Status Consent::Take(const Redirect& redirect, absl::Time now,
                           Ledger& ledger, Exchange& exchange) const {
  auto consent = TakeConsent(redirect, now, ledger);
  if (!consent.ok()) return consent.status();
  exchange.consent = *std::move(consent);
  auto client = FindClient(exchange.consent.client, ledger);
  if (!client.ok()) return client.status();
  exchange.client = *std::move(client);
  const auto provider = FindProvider(exchange.client, providers_);
  if (!provider.ok()) return provider.status();
  exchange.provider = *provider;
  exchange.renewal = RenewalOf(exchange.client.response_type);
  const absl::Status fits = CheckAnswer(
      redirect, **provider, exchange.renewal == GrantRenewal::kNone);
  if (!fits.ok()) return fits;
  auto home = DataCenterIn(redirect, **provider);
  if (!home.ok()) return home.status();
  if (*home) exchange.consent.data_center = **std::move(home);
  if (redirect.token) return absl::OkStatus();
  auto secret = ledger.client_secrets().Get(exchange.client.name,
                                            exchange.consent.data_center);
  if (!secret.ok()) return secret.status();
  exchange.client_secret = *std::move(secret);
  return NoteExchange(exchange, now, ledger);
}

void Consent::Redeem(const ExchangePtr& exchange, const Redirect& redirect,
                     absl::Time now) {
  if (!redirect.token) {
    return RedeemCode(exchange, redirect.code, redirect.state);
  }
  maker_.Finish(exchange, upstream_.ReadFragment(exchange->Identity(),
                                                 *redirect.token, now));
}

void Consent::RedeemCode(const ExchangePtr& exchange, const Secret& code,
                         const Secret& state) {
  const PendingConsent& consent = exchange->consent;
  upstream_.RedeemCode(exchange->Identity(),
                       {code, consent.verifier, consent.scopes, state},
                       [this, exchange](RedeemResult result) {
                         maker_.Finish(exchange, std::move(result));
                       });
}

void Consent::Decline(Secret state, const std::string& error, Actor actor,
                      absl::Time now, DeclinedDone done) {
  const absl::Status outcome = OutcomeOfError(error);
  auto redirect = std::make_shared<Redirect>();
  redirect->state = std::move(state);
  journal_.Write(
      [redirect, actor = std::move(actor), now, outcome](Ledger& ledger) {
        const auto consent = TakeConsent(*redirect, now, ledger);
        if (!consent.ok()) return consent.status();
        return ledger.events().Append(
            event::About(consent->user, consent->client,
                         event::kConsentDeclined, actor, now, outcome));
      },
      [outcome, done = std::move(done)](const absl::Status& status) mutable {
        done(status.ok() ? outcome : status);
      });
}

void Consent::ExchangeCode(CodeRequest request, absl::Time now,
                           GrantDone done) {
  const auto code = std::make_shared<const Secret>(std::move(request.code));
  const ExchangePtr exchange =
      StartExchange(std::move(request), std::move(done));
  journal_.Write(
      [this, exchange, now](Ledger& ledger) {
        const absl::Status prepared = Prepare(*exchange, ledger);
        if (!prepared.ok()) return prepared;
        auto scopes = ScopesOr(exchange->consent.scopes, exchange->client,
                               *exchange->provider);
        if (!scopes.ok()) return scopes.status();
        exchange->consent.scopes = *std::move(scopes);
        return NoteExchange(*exchange, now, ledger);
      },
      [this, exchange, code](absl::Status status) {
        if (!status.ok()) return exchange->done(std::move(status));
        RedeemCode(exchange, *code, Secret());
      });
}

ExchangePtr Consent::StartExchange(DirectRequest request, GrantDone done) {
  auto exchange = std::make_shared<Exchange>();
  exchange->actor = request.actor;
  exchange->consent.actor = std::move(request.actor);
  exchange->consent.user = std::move(request.user);
  exchange->consent.client = std::move(request.client);
  exchange->consent.scopes = std::move(request.scopes);
  exchange->consent.data_center = std::move(request.data_center);
  exchange->done = std::move(done);
  return exchange;
}

absl::Status Consent::Prepare(Exchange& exchange, Ledger& ledger) const {
  PendingConsent& consent = exchange.consent;
  auto client = FindClient(consent.client, ledger);
  if (!client.ok()) return client.status();
  exchange.client = *std::move(client);
  const auto provider = FindProvider(exchange.client, providers_);
  if (!provider.ok()) return provider.status();
  exchange.provider = *provider;
  if (consent.data_center.empty()) {
    consent.data_center = HomeOf(exchange.client, **provider);
  }
  if ((*provider)->data_centers.count(consent.data_center) == 0) {
    return FieldInvalid("data_center", "not one of the provider's");
  }
  auto secret =
      ledger.client_secrets().Get(consent.client, consent.data_center);
  if (!secret.ok()) return secret.status();
  exchange.client_secret = *std::move(secret);
  return absl::OkStatus();
}

}  // namespace bursar

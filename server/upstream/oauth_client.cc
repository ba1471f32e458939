#include "server/upstream/oauth_client.h"

#include <optional>
#include <utility>
#include <variant>

#include "server/upstream/authorization_url.h"
#include "server/upstream/device_response.h"
#include "server/upstream/revoke_request.h"
#include "server/upstream/revoke_response.h"
#include "server/upstream/token_request.h"
#include "server/upstream/token_response.h"

namespace bursar {
namespace {

// Nobody knows yet where to ask.
constexpr Transient kNotYet = {Trouble::kUnreachable, std::nullopt};

// Where a client's calls go.
struct Place {
  const Provider& provider;
  const DataCenterEndpoints& data_center;
};

std::optional<Place> PlaceOf(const Providers& providers,
                             const ClientIdentity& client) {
  const Provider* provider = providers.Find(client.provider);
  if (provider == nullptr) return std::nullopt;
  const auto data_center = provider->data_centers.find(
      client.data_center.empty() ? provider->default_data_center
                                 : client.data_center);
  if (data_center == provider->data_centers.end()) return std::nullopt;
  return Place{*provider, data_center->second};
}

ClientIdentity CloneOf(const ClientIdentity& client) {
  const auto& secret = client.client_secret;
  return {client.provider, client.data_center, client.client_id,
          secret ? std::optional(secret->Clone()) : std::nullopt,
          client.redirect_uri};
}

// How a revocation ends for which no access token could be had.
RevokeResult WithoutAccessToken(const RedeemResult& result) {
  if (std::holds_alternative<Dead>(result)) {
    return RevokeResult::kUnknownToProvider;
  }
  return std::holds_alternative<Misconfigured>(result)
             ? RevokeResult::kRefused
             : RevokeResult::kTryAgain;
}

void SendRevocation(const Place& place, const ClientIdentity& client,
                    const Secret& token, Transport& transport,
                    Upstream::RevokeDone done) {
  const Provider& provider = place.provider;
  transport.Send(
      RevokeRequest(provider, place.data_center, *provider.revocation, client,
                    token),
      [&provider, done = std::move(done)](HttpResult result) mutable {
        const auto* answer = std::get_if<HttpAnswer>(&result);
        done(answer == nullptr ? RevokeResult::kTryAgain
                               : ReadRevokeAnswer(*answer, provider));
      });
}

}  // namespace

OAuthClient::OAuthClient(const Providers& providers, Transport& transport,
                         const Clock& clock)
    : providers_(providers), transport_(transport), clock_(clock) {}

std::string OAuthClient::AuthorizationUrl(const ClientIdentity& client,
                                          const Scopes& scopes,
                                          const Secret& state,
                                          const Secret& verifier) const {
  const auto place = PlaceOf(providers_, client);
  if (!place || !place->provider.discovered) return "";
  return MakeAuthorizationUrl(place->provider, place->data_center, client,
                              scopes, state, verifier);
}

RedeemResult OAuthClient::ReadFragment(const ClientIdentity& client,
                                       const FragmentToken& token,
                                       absl::Time now) const {
  const auto place = PlaceOf(providers_, client);
  if (!place) return Misconfigured{"CLIENT"};
  return ReadFragmentToken(token, place->provider, now);
}

void OAuthClient::RedeemCode(const ClientIdentity& client,
                             const CodeExchange& exchange, RedeemDone done) {
  const auto place = PlaceOf(providers_, client);
  if (!place) return done(Misconfigured{"CLIENT"});
  if (!place->provider.discovered) return done(kNotYet);
  SendTokenRequest(
      place->provider,
      CodeRequest(place->provider, place->data_center, client, exchange),
      std::move(done));
}

void OAuthClient::RedeemRefreshToken(const ClientIdentity& client,
                                     const Secret& refresh_token,
                                     const Scopes& scopes, RedeemDone done) {
  const auto place = PlaceOf(providers_, client);
  if (!place) return done(Misconfigured{"CLIENT"});
  if (!place->provider.discovered) return done(kNotYet);
  SendTokenRequest(place->provider,
                   RefreshRequest(place->provider, place->data_center, client,
                                  refresh_token, scopes),
                   std::move(done));
}

void OAuthClient::RequestClientCredentials(const ClientIdentity& client,
                                           const Scopes& scopes,
                                           const std::string& organization,
                                           RedeemDone done) {
  const auto place = PlaceOf(providers_, client);
  if (!place || !place->provider.client_credentials) {
    return done(Misconfigured{"CLIENT"});
  }
  const Provider& provider = place->provider;
  if (!provider.discovered) return done(kNotYet);
  SendTokenRequest(provider,
                   ClientCredentialsRequest(provider, place->data_center,
                                            *provider.client_credentials,
                                            client, scopes, organization),
                   [done = std::move(done)](RedeemResult result) mutable {
                     if (std::holds_alternative<Dead>(result)) {
                       // What is "invalid" here is what the client presented
                       // itself with.
                       return done(Misconfigured{"CLIENT"});
                     }
                     if (auto* granted = std::get_if<Granted>(&result)) {
                       granted->refresh_token.reset();
                     }
                     done(std::move(result));
                   });
}

void OAuthClient::SendTokenRequest(const Provider& provider,
                                   HttpRequest request, RedeemDone done) {
  const absl::Time sent = clock_.Now();
  transport_.Send(std::move(request),
                  [&provider, &clock = clock_, sent,
                   done = std::move(done)](HttpResult result) mutable {
                    if (const auto* failure = std::get_if<HttpFailure>(&result))
                      return done(ReadTokenFailure(*failure));
                    done(ReadTokenAnswer(std::get<HttpAnswer>(result), provider,
                                         sent, clock.Now()));
                  });
}

void OAuthClient::Revoke(const ClientIdentity& client,
                         const Secret& refresh_token, RevokeDone done) {
  const auto place = PlaceOf(providers_, client);
  if (place && !place->provider.discovered) {
    return done(RevokeResult::kTryAgain);
  }
  if (!place || !place->provider.revocation) {
    return done(RevokeResult::kRefused);
  }
  if (!place->provider.revocation->by_access_token) {
    return SendRevocation(*place, client, refresh_token, transport_,
                          std::move(done));
  }
  RedeemRefreshToken(
      client, refresh_token, Scopes(),
      [place = *place, &transport = transport_, client = CloneOf(client),
       done = std::move(done)](RedeemResult result) mutable {
        const auto* granted = std::get_if<Granted>(&result);
        if (granted == nullptr) return done(WithoutAccessToken(result));
        SendRevocation(place, client, granted->access_token.value, transport,
                       std::move(done));
      });
}

void OAuthClient::BeginDevice(const ClientIdentity& client,
                              const Scopes& scopes, DeviceBegun done) {
  const auto place = PlaceOf(providers_, client);
  if (!place || !place->provider.device) return done(Misconfigured{"CLIENT"});
  if (!place->provider.discovered) return done(kNotYet);
  const Provider& provider = place->provider;
  const absl::Time sent = clock_.Now();
  transport_.Send(
      DeviceCodeRequest(provider, place->data_center, *provider.device, client,
                        scopes),
      [&provider, &clock = clock_, sent,
       done = std::move(done)](HttpResult result) mutable {
        if (const auto* failure = std::get_if<HttpFailure>(&result))
          return done(ReadTokenFailure(*failure));
        done(ReadDeviceAuthorization(std::get<HttpAnswer>(result), provider,
                                     *provider.device, sent, clock.Now()));
      });
}

void OAuthClient::PollDevice(const ClientIdentity& client,
                             const Secret& device_code, DevicePolled done) {
  const auto place = PlaceOf(providers_, client);
  if (!place || !place->provider.device) return done(Misconfigured{"CLIENT"});
  if (!place->provider.discovered) return done(kNotYet);
  const Provider& provider = place->provider;
  const absl::Time sent = clock_.Now();
  transport_.Send(DevicePollRequest(provider, place->data_center,
                                    *provider.device, client, device_code),
                  [&provider, &clock = clock_, sent,
                   done = std::move(done)](HttpResult result) mutable {
                    if (const auto* failure = std::get_if<HttpFailure>(&result))
                      return done(ReadTokenFailure(*failure));
                    done(ReadDevicePoll(std::get<HttpAnswer>(result), provider,
                                        *provider.device, sent, clock.Now()));
                  });
}

}  // namespace bursar

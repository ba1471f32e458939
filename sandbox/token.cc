// POST /oauth/v2/token: codes and refresh tokens against access tokens, and
// client credentials.

#include <string>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/answers.h"
#include "sandbox/calls.h"
#include "sandbox/client_authentication.h"
#include "sandbox/endpoints.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

using Minted = Outcome<Tokens::Minted>;

Minted RedeemCode(Provider& provider, const Client& client,
                  const Parameters& parameters, absl::Time now) {
  const std::string value = parameters.Get("code");
  const std::string verifier = parameters.Get("code_verifier");
  if (!verifier.empty()) provider.issuer.Remember("code_verifier", verifier);
  const Consents::Proof proof{client.id, parameters.Get("redirect_uri"),
                              verifier};
  auto checked = provider.consents.CheckCode(value, proof, now);
  if (const auto* refusal = std::get_if<Refusal>(&checked)) return *refusal;
  const Code& code = std::get<Code>(checked);
  Minted minted = provider.tokens.FromConsent(
      provider.persona, code.owner, code.scopes, code.with_refresh_token,
      provider.issuer, now);
  // A throttled call may be repeated while the code lives.
  if (std::holds_alternative<Tokens::Minted>(minted)) {
    provider.consents.MarkUsed(value);
  }
  return minted;
}

Minted RedeemRefreshToken(Provider& provider, const Client& client,
                          const Parameters& parameters, absl::Time now) {
  if (provider.persona.redirect_uri_on_refresh &&
      !client.Redirects(parameters.Get("redirect_uri"))) {
    return Refusal::kInvalidRedirectUri;
  }
  return provider.tokens.Redeem(
      provider.persona, parameters.Get("refresh_token"), client.id,
      ParseScopes(parameters.Get("scope")), provider.issuer, now);
}

// `soid` is the service's name, a dot, and the organisation's number.
bool NamesOrganization(const Persona& persona, const Scopes& scopes,
                       absl::string_view soid) {
  for (absl::string_view service :
       absl::StrSplit(persona.organization_services, ',', absl::SkipEmpty())) {
    for (const std::string& scope : scopes) {
      if (ServiceOf(scope) != service) continue;
      const std::string prefix = absl::StrCat(service, ".");
      if (!absl::StartsWith(soid, prefix) || soid.size() == prefix.size()) {
        return false;
      }
    }
  }
  return true;
}

Minted MintForClient(Provider& provider, const Client& client,
                     const Parameters& parameters, absl::Time now) {
  if (client.registration.type != ClientType::kSelfClient) {
    return Refusal::kInvalidClient;
  }
  const Persona& persona = provider.persona;
  const Scopes scopes = ParseScopes(parameters.Get("scope"));
  if (scopes.empty()) return Refusal::kInvalidScope;
  for (const std::string& scope : scopes) {
    if (!IsKnown(persona.scopes, scope)) return Refusal::kInvalidScope;
  }
  const std::string organization = parameters.Get("soid");
  if (!NamesOrganization(persona, scopes, organization)) {
    return Refusal::kMissingOrganization;
  }
  const Owner owner{absl::StrCat("organization:", organization), client.id};
  return Tokens::Minted{
      provider.tokens.MintAlone(persona, owner, scopes, provider.issuer, now),
      std::nullopt};
}

Minted Mint(Provider& provider, const Parameters& parameters, absl::Time now) {
  const auto grant_type = parameters.Find("grant_type");
  if (!grant_type) return Refusal::kInvalidRequest;
  auto authenticated = Authenticate(provider.clients, parameters.credentials());
  if (const auto* refusal = std::get_if<Refusal>(&authenticated)) {
    return *refusal;
  }
  const Client& client = std::get<Client>(authenticated);
  if (*grant_type == "authorization_code") {
    return RedeemCode(provider, client, parameters, now);
  }
  if (*grant_type == "refresh_token") {
    return RedeemRefreshToken(provider, client, parameters, now);
  }
  if (*grant_type == "client_credentials") {
    return MintForClient(provider, client, parameters, now);
  }
  return Refusal::kInvalidClient;
}

void HandleToken(World& world, const httplib::Request& request,
                 httplib::Response& response) {
  const Parameters parameters(request);
  Send(world.With([&](Provider& provider, absl::Time now) {
    const Minted minted = Mint(provider, parameters, now);
    if (const auto* refusal = std::get_if<Refusal>(&minted)) {
      return RefusalAnswer(provider, *refusal);
    }
    return TokenAnswer(provider, std::get<Tokens::Minted>(minted));
  }),
       response);
}

std::string NameOf(const httplib::Request& request) {
  const std::string grant_type = Parameters(request).Get("grant_type");
  if (grant_type == "authorization_code") return "token.code";
  if (grant_type == "refresh_token") return "token.refresh";
  if (grant_type == "client_credentials") return "token.client_credentials";
  return "token.other";
}

}  // namespace

void InstallToken(HttpServer& server, World& world) {
  server.Post("/oauth/v2/token",
              AsCall(server, world, NameOf,
                     [&world](const auto& request, auto& response) {
                       HandleToken(world, request, response);
                     }));
  server.Get("/oauth/v2/token", [&world](const auto&, auto& response) {
    Send(world.With([](Provider& provider, absl::Time) {
      return RefusalAnswer(provider, Refusal::kInvalidRequest);
    }),
         response);
  });
}

}  // namespace bursar::sandbox

// The token endpoint.

#include <string>
#include <variant>

#include "absl/strings/match.h"
#include "sandbox/answers.h"
#include "sandbox/calls.h"
#include "sandbox/client_authentication.h"
#include "sandbox/device_grant.h"
#include "sandbox/endpoints.h"
#include "sandbox/grant_types.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

using Minted = Outcome<Tokens::Minted>;

Minted Mint(Provider& provider, const Parameters& parameters, absl::Time now) {
  const auto grant_type = parameters.Find("grant_type");
  if (!grant_type) return Refusal::kInvalidRequest;
  auto authenticated = Authenticate(provider, parameters);
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
  if (*grant_type == provider.persona.device_words.grant_type &&
      provider.persona.paths.device_token == provider.persona.paths.token) {
    return RedeemDeviceCode(provider, client, parameters.Get("device_code"),
                            now);
  }
  return Refusal::kUnsupportedGrantType;
}

void HandleToken(World& world, const httplib::Request& request,
                 httplib::Response& response) {
  Send(world.With([&](Provider& provider, absl::Time now) {
    const Parameters parameters(request, provider.persona.token_parameters);
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
  if (absl::EndsWith(grant_type, ":device_code")) return "token.device";
  return "token.other";
}

}  // namespace

void InstallToken(HttpServer& server, World& world) {
  const std::string path = world.With([](Provider& provider, absl::Time) {
    return provider.persona.paths.token;
  });
  server.Post(path, AsCall(server, world, NameOf,
                           [&world](const auto& request, auto& response) {
                             HandleToken(world, request, response);
                           }));
  server.Get(path, [&world](const auto&, auto& response) {
    Send(world.With([](Provider& provider, absl::Time) {
      return RefusalAnswer(provider, Refusal::kInvalidRequest);
    }),
         response);
  });
}

}  // namespace bursar::sandbox

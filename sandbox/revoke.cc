// Revocation, in the two generations that are documented: by the token's value
// alone, and by the authenticated client it was given to.

#include <optional>
#include <string>
#include <variant>

#include "sandbox/answers.h"
#include "sandbox/calls.h"
#include "sandbox/client_authentication.h"
#include "sandbox/endpoints.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

// Not "status": "failure": that is how a throttled answer is known.
Answer UnknownToken(const Persona& persona) {
  return {static_cast<int>(persona.revoke_unknown_status),
          {{"error", "invalid_token"}}};
}

Answer NotFound() { return {404, {{"error", "not_found"}}}; }

// Whose `token` is, if their data is kept at this data centre.
std::optional<Owner> OwnerHere(const Provider& provider,
                               const std::string& token) {
  const auto owner = provider.tokens.OwnerOf(token);
  return owner && provider.Keeps(owner->user) ? owner : std::nullopt;
}

Answer RevokeByValue(Provider& provider, const Parameters& parameters,
                     absl::Time now) {
  if (!provider.persona.revocation_by_value) return NotFound();
  const std::string token = parameters.Get("token");
  if (!OwnerHere(provider, token) || !provider.tokens.Revoke(token, now)) {
    return UnknownToken(provider.persona);
  }
  return {200, {{"status", "success"}}};
}

Answer RevokeByClient(Provider& provider, const Parameters& parameters,
                      absl::Time now) {
  if (!provider.persona.revocation_by_client) return NotFound();
  auto client = Authenticate(provider, parameters);
  if (const auto* refusal = std::get_if<Refusal>(&client)) {
    return RefusalAnswer(provider, *refusal);
  }
  const std::string token = parameters.Get("token");
  const auto owner = OwnerHere(provider, token);
  if (!owner || owner->client_id != std::get<Client>(client).id ||
      !provider.tokens.Revoke(token, now)) {
    return UnknownToken(provider.persona);
  }
  return {200, {{"status", "success"}}};
}

template <typename Rule>
httplib::Server::Handler Revocation(HttpServer& server, World& world,
                                    Rule rule) {
  return AsCall(server, world, "revoke",
                [&world, rule](const auto& request, auto& response) {
                  const Parameters parameters(request);
                  Send(world.With([&](Provider& provider, absl::Time now) {
                    return rule(provider, parameters, now);
                  }),
                       response);
                });
}

}  // namespace

void InstallRevoke(HttpServer& server, World& world) {
  const EndpointPaths paths = world.With(
      [](Provider& provider, absl::Time) { return provider.persona.paths; });
  if (!paths.revocation_by_value.empty()) {
    server.Post(paths.revocation_by_value,
                Revocation(server, world, RevokeByValue));
  }
  if (!paths.revocation_by_client.empty()) {
    server.Post(paths.revocation_by_client,
                Revocation(server, world, RevokeByClient));
  }
}

}  // namespace bursar::sandbox

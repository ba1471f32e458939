// Revocations that are not RFC 7009's: of a whole grant by one of its access
// tokens, of the refresh token that the path names, of the access token that is
// the request's credential.

#include <string>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sandbox/answers.h"
#include "sandbox/calls.h"
#include "sandbox/client_authentication.h"
#include "sandbox/endpoints.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

Answer NoContent() { return {204, nullptr}; }
Answer NothingThere() { return {404, {{"message", "Not Found"}}}; }

Answer RevokeGrant(Provider& provider, const httplib::Request& request,
                   absl::Time now) {
  auto client = Authenticate(provider, Parameters(request));
  if (std::holds_alternative<Refusal>(client) ||
      std::get<Client>(client).id != request.matches[1].str()) {
    return {401, {{"message", "Requires authentication"}}};
  }
  const json body = json::parse(request.body, nullptr, false);
  if (!body.is_object() || !body.contains("access_token")) {
    return {422, {{"message", "Validation Failed"}}};
  }
  const std::string token = body["access_token"];
  const auto owner = provider.tokens.OwnerOf(token);
  if (!owner || owner->client_id != std::get<Client>(client).id ||
      !provider.tokens.Revoke(token, now)) {
    return NothingThere();
  }
  provider.tokens.RevokeAll(owner->user, owner->client_id, now);
  return NoContent();
}

Answer RevokeInPath(Provider& provider, const httplib::Request& request,
                    absl::Time now) {
  return provider.tokens.EndAlone(request.matches[1].str(), now)
             ? NoContent()
             : NothingThere();
}

Answer RevokeBearer(Provider& provider, const httplib::Request& request,
                    absl::Time now) {
  const std::string header = request.get_header_value("Authorization");
  constexpr absl::string_view kBearer = "Bearer ";
  if (!absl::StartsWith(header, kBearer) ||
      !provider.tokens.Revoke(header.substr(kBearer.size()), now)) {
    return {200, {{"ok", false}, {"error", "invalid_auth"}}};
  }
  return {200, {{"ok", true}, {"revoked", true}}};
}

using ShapeRule = Answer (*)(Provider&, const httplib::Request&, absl::Time);

httplib::Server::Handler ShapeCall(HttpServer& server, World& world,
                                   ShapeRule rule) {
  return AsCall(server, world, "revoke",
                [&world, rule](const auto& request, auto& response) {
                  Send(world.With([&](Provider& provider, absl::Time now) {
                    return rule(provider, request, now);
                  }),
                       response);
                });
}

}  // namespace

void InstallRevokeShapes(HttpServer& server, World& world) {
  const EndpointPaths paths = world.With(
      [](Provider& provider, absl::Time) { return provider.persona.paths; });
  if (!paths.revocation_of_grants.empty()) {
    server.Delete(absl::StrCat(paths.revocation_of_grants, "([^/]+)/grant"),
                  ShapeCall(server, world, RevokeGrant));
  }
  if (!paths.revocation_in_path.empty()) {
    server.Delete(absl::StrCat(paths.revocation_in_path, "([^/]+)"),
                  ShapeCall(server, world, RevokeInPath));
  }
  if (!paths.revocation_by_bearer.empty()) {
    server.Post(paths.revocation_by_bearer,
                ShapeCall(server, world, RevokeBearer));
  }
}

}  // namespace bursar::sandbox

// The resource API: enough of a provider's to use a token on. It checks the
// header's scheme, the token's life and the scope, and answers with a little
// made-up data.

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/answers.h"
#include "sandbox/calls.h"
#include "sandbox/endpoints.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

const ApiResource* ResourceCalled(const std::vector<ApiResource>& api,
                                  absl::string_view name) {
  for (const ApiResource& resource : api) {
    if (resource.path == name) return &resource;
  }
  return nullptr;
}

// One may live under another: chats/{id}/messages.
const ApiResource* FindResource(const std::vector<ApiResource>& api,
                                absl::string_view path) {
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  const ApiResource* nested =
      parts.size() >= 3 ? ResourceCalled(api, parts[2]) : nullptr;
  return nested != nullptr ? nested : ResourceCalled(api, parts[0]);
}

absl::string_view OperationOf(absl::string_view method) {
  if (method == "POST") return "CREATE";
  if (method == "PUT" || method == "PATCH") return "UPDATE";
  if (method == "DELETE") return "DELETE";
  return "READ";
}

Answer Refused(int status, absl::string_view code, absl::string_view message) {
  return {status,
          {{"code", std::string(code)}, {"message", std::string(message)}}};
}

bool Opens(const Persona& persona, const ApiResource& resource,
           const Scopes& granted, absl::string_view operation) {
  return resource.scopes.empty() ||
         std::any_of(resource.scopes.begin(), resource.scopes.end(),
                     [&](const std::string& scope) {
                       return Allows(
                           granted, ScopeFor(persona.scopes, scope, operation));
                     });
}

json Data(const ApiResource& resource, absl::string_view rest,
          const Owner& owner, const httplib::Request& request) {
  if (rest == "me" || absl::EndsWith(rest, "/me")) {
    return {{"id", "1001"}, {"email_id", owner.user}};
  }
  json item = {{"id", "1001"}, {"name", resource.example}};
  if (request.method == "GET") return json::array({std::move(item)});
  const json sent = json::parse(request.body, nullptr, false);
  if (sent.is_object()) item.update(sent);
  return item;
}

Answer Serve(Provider& provider, const httplib::Request& request,
             absl::Time now) {
  const Persona& persona = provider.persona;
  const absl::string_view rest =
      absl::string_view(request.path).substr(persona.paths.api.size());
  const ApiResource* resource = FindResource(persona.api, rest);
  if (resource == nullptr) {
    return Refused(404, "URL_NOT_FOUND", "There is no such resource.");
  }
  const std::string header = request.get_header_value("Authorization");
  const std::string scheme = absl::StrCat(persona.authorization_scheme, " ");
  if (!absl::StartsWith(header, scheme)) {
    return Refused(401, "INVALID_OAUTHSCHEME",
                   "The Authorization header is missing or of another scheme.");
  }
  const auto used =
      provider.tokens.Use(persona, header.substr(scheme.size()), now);
  const auto* token = std::get_if<AccessToken>(&used);
  // At another data centre a good token looks like a bad one.
  if (token == nullptr || !provider.Keeps(token->owner.user)) {
    return Refused(401, "INVALID_TOKEN", "The token is invalid or expired.");
  }
  const absl::string_view operation = OperationOf(request.method);
  if (!Opens(persona, *resource, token->scopes, operation)) {
    return Refused(
        403, "OAUTH_SCOPE_MISMATCH",
        absl::StrCat("The token's scopes do not cover this ", operation));
  }
  return {200, {{"data", Data(*resource, rest, token->owner, request)}}};
}

}  // namespace

void InstallApi(HttpServer& server, World& world) {
  const auto handler = AsCall(
      server, world, "api", [&world](const auto& request, auto& response) {
        Send(world.With([&](Provider& provider, absl::Time now) {
          return Serve(provider, request, now);
        }),
             response);
      });
  const std::string pattern = world.With([](Provider& provider, absl::Time) {
    return absl::StrCat(provider.persona.paths.api, ".+");
  });
  server.Get(pattern, handler);
  server.Post(pattern, handler);
  server.Put(pattern, handler);
  server.Patch(pattern, handler);
  server.Delete(pattern, handler);
}

}  // namespace bursar::sandbox

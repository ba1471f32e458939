// The resource API under /api/v2: enough of Cliq's to use a token on. It checks
// the header's scheme, the token's life and the scope, and answers with a
// little made-up data.

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

constexpr char kPrefix[] = "/api/v2/";

struct Resource {
  /// The first part of the path.
  absl::string_view path;
  absl::string_view scope;
  absl::string_view example;
};

constexpr Resource kResources[] = {
    {"channels", "ZohoCliq.Channels", "#announcements"},
    {"chats", "ZohoCliq.Chats", "Ann and Bob"},
    {"messages", "ZohoCliq.Messages", "Good morning"},
    {"reminders", "ZohoCliq.Reminders", "Water the plants"},
    {"bots", "ZohoCliq.Bots", "Weather"},
    {"teams", "ZohoCliq.Teams", "Gardeners"},
    {"departments", "ZohoCliq.Departments", "Greenhouse"},
    {"designations", "ZohoCliq.Designations", "Head gardener"},
    {"users", "ZohoCliq.Users", "Ann Abara"},
    {"profile", "ZohoCliq.Profile", "Ann Abara"},
    {"datastores", "ZohoCliq.Datastores", "Seeds"},
};

const Resource* FindResource(absl::string_view path) {
  const std::vector<absl::string_view> parts = absl::StrSplit(path, '/');
  // Messages live under their chat or channel: chats/{id}/messages.
  const absl::string_view name =
      parts.size() >= 3 && parts[2] == "messages" ? parts[2] : parts[0];
  for (const Resource& resource : kResources) {
    if (resource.path == name) return &resource;
  }
  return nullptr;
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

json Data(const Resource& resource, absl::string_view rest, const Owner& owner,
          const httplib::Request& request) {
  if (resource.path == "users" && absl::EndsWith(rest, "/me")) {
    return {{"id", "1001"}, {"email_id", owner.user}};
  }
  json item = {{"id", "1001"}, {"name", std::string(resource.example)}};
  if (request.method == "GET") return json::array({std::move(item)});
  const json sent = json::parse(request.body, nullptr, false);
  if (sent.is_object()) item.update(sent);
  return item;
}

Answer Serve(Provider& provider, const httplib::Request& request,
             absl::Time now) {
  const absl::string_view rest =
      absl::string_view(request.path).substr(sizeof(kPrefix) - 1);
  const Resource* resource = FindResource(rest);
  if (resource == nullptr) {
    return Refused(404, "URL_NOT_FOUND", "There is no such resource.");
  }
  const std::string header = request.get_header_value("Authorization");
  const std::string scheme =
      absl::StrCat(provider.persona.authorization_scheme, " ");
  if (!absl::StartsWith(header, scheme)) {
    return Refused(401, "INVALID_OAUTHSCHEME",
                   "The Authorization header is missing or of another scheme.");
  }
  auto used =
      provider.tokens.Use(provider.persona, header.substr(scheme.size()), now);
  if (std::holds_alternative<Refusal>(used)) {
    return Refused(401, "INVALID_TOKEN", "The token is invalid or expired.");
  }
  const auto& token = std::get<AccessToken>(used);
  const std::string needed =
      absl::StrCat(resource->scope, ".", OperationOf(request.method));
  if (!Allows(token.scopes, needed)) {
    return Refused(403, "OAUTH_SCOPE_MISMATCH",
                   absl::StrCat("The token's scopes do not cover ", needed));
  }
  return {200, {{"data", Data(*resource, rest, token.owner, request)}}};
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
  const std::string pattern = absl::StrCat(kPrefix, ".+");
  server.Get(pattern, handler);
  server.Post(pattern, handler);
  server.Put(pattern, handler);
  server.Patch(pattern, handler);
  server.Delete(pattern, handler);
}

}  // namespace bursar::sandbox

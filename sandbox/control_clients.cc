#include "sandbox/control_clients.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

Registration RegistrationFromJson(const json& body, ClientType type) {
  Registration registration;
  registration.name = body.value("name", "client");
  registration.homepage = body.value("homepage", "");
  registration.domain = body.value("domain", "");
  registration.type = type;
  registration.redirect_uris =
      body.value("redirect_uris", std::vector<std::string>());
  registration.data_centers =
      body.value("data_centers", std::vector<std::string>());
  registration.shared_secret = body.value("shared_secret", false);
  return registration;
}

}  // namespace

absl::StatusOr<json> AddClient(World& world, const json& body) {
  const auto type = ClientTypeOf(body.value("type", "server-based"));
  if (!type) return absl::InvalidArgumentError("type is not a client type");
  Registration registration = RegistrationFromJson(body, *type);
  return world.With(
      [&](Provider& provider, absl::Time) -> absl::StatusOr<json> {
        const auto client = provider.Register(std::move(registration));
        if (!client.ok()) return client.status();
        json answer = {{"client_id", client->id}};
        if (!client->HasSecret()) return answer;
        answer["client_secrets"] = client->secrets;
        if (client->IsKnownAt(provider.here)) {
          answer["client_secret"] = client->secrets.at(provider.here);
        }
        return answer;
      });
}

absl::StatusOr<json> ReplaceClientSecret(World& world, const json& body) {
  return world.With([&](Provider& provider,
                        absl::Time) -> absl::StatusOr<json> {
    const auto secret =
        provider.clients.ReplaceSecret(body.at("client_id").get<std::string>(),
                                       provider.here, provider.issuer);
    if (!secret) return absl::NotFoundError("no such client has a secret");
    return json{{"client_secret", *secret}};
  });
}

absl::StatusOr<json> DeleteClient(World& world, const json& body) {
  const auto id = body.at("client_id").get<std::string>();
  return world.With(
      [&](Provider& provider, absl::Time now) -> absl::StatusOr<json> {
        if (!provider.RemoveClient(id, now)) {
          return absl::NotFoundError("no such client");
        }
        return json::object();
      });
}

absl::StatusOr<json> AddUser(World& world, const json& body) {
  TestUser user = {body.at("name"), body.value("display_name", ""),
                   body.at("location")};
  return world.With(
      [&](Provider& provider, absl::Time) -> absl::StatusOr<json> {
        if (!provider.HasDataCenter(user.location)) {
          return absl::InvalidArgumentError("no such data centre");
        }
        provider.MoveUser(std::move(user));
        return json::object();
      });
}

absl::StatusOr<json> AddGrants(World& world, const json& body) {
  const auto client_id = body.at("client_id").get<std::string>();
  const auto users = body.at("users").get<std::vector<std::string>>();
  const Scopes scopes = ParseScopes(body.at("scope").get<std::string>());
  return world.With(
      [&](Provider& provider, absl::Time now) -> absl::StatusOr<json> {
        if (provider.clients.Find(client_id) == nullptr) {
          return absl::NotFoundError("no such client");
        }
        json tokens = json::array();
        for (const std::string& user : users) {
          tokens.push_back(provider.tokens.Import({user, client_id}, scopes,
                                                  provider.issuer, now));
        }
        return json{{"refresh_tokens", std::move(tokens)}};
      });
}

}  // namespace bursar::sandbox

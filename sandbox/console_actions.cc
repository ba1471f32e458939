#include "sandbox/console_actions.h"

#include <string>
#include <utility>
#include <variant>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/authorization_request.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

json Shown(absl::string_view name, const std::string& value) {
  return {{"name", std::string(name)}, {"value", value}};
}

json Notice(absl::string_view heading, json values, absl::string_view remark) {
  return {{"notice",
           {{"heading", std::string(heading)},
            {"values", std::move(values)},
            {"remark", std::string(remark)}}}};
}

// The one of this data centre first, without its name.
json SecretsOf(const Provider& provider, const Client& client) {
  json values = json::array();
  for (const auto& [location, secret] : client.secrets) {
    if (location == provider.here) {
      values.insert(values.begin(), Shown("Client secret", secret));
    } else if (!client.registration.shared_secret) {
      values.push_back(
          Shown(absl::StrCat("Client secret, ", location), secret));
    }
  }
  return values;
}

Registration ReadRegistration(const Parameters& parameters, ClientType type) {
  Registration registration;
  registration.name = parameters.Get("name");
  registration.homepage = parameters.Get("homepage");
  registration.domain = parameters.Get("domain");
  registration.type = type;
  registration.redirect_uris =
      absl::StrSplit(parameters.Get("redirect_uris"),
                     absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  registration.shared_secret = !parameters.Get("shared_secret").empty();
  return registration;
}

}  // namespace

json ConsoleProblem(absl::string_view text) {
  return {{"problem", std::string(text)}};
}

json RegisterInConsole(Provider& provider, const Parameters& parameters,
                       absl::Time) {
  const auto type = ClientTypeOf(parameters.Get("type"));
  if (!type) return ConsoleProblem("Choose a client type.");
  Registration registration = ReadRegistration(parameters, *type);
  if (provider.persona.client_domain && registration.domain.empty()) {
    return ConsoleProblem("A client needs a client domain.");
  }
  const auto client = provider.Register(std::move(registration));
  if (!client.ok()) return ConsoleProblem(client.status().message());
  json values = SecretsOf(provider, *client);
  values.insert(values.begin(), Shown("Client ID", client->id));
  return Notice("The client is registered", std::move(values),
                "A secret is shown this once.");
}

json ReplaceSecretInConsole(Provider& provider, const Parameters& parameters,
                            absl::Time) {
  const auto secret = provider.clients.ReplaceSecret(
      parameters.Get("client_id"), provider.here, provider.issuer);
  if (!secret) return ConsoleProblem("This client has no secret.");
  return Notice("The secret is replaced",
                json::array({Shown("Client secret", *secret)}),
                "It is shown this once. The old one is refused.");
}

json DeleteInConsole(Provider& provider, const Parameters& parameters,
                     absl::Time now) {
  if (!provider.RemoveClient(parameters.Get("client_id"), now)) {
    return ConsoleProblem("There is no such client.");
  }
  return Notice("The client is deleted", json::array(),
                "Its tokens have ended.");
}

json MakeCodeInConsole(Provider& provider, const Parameters& parameters,
                       absl::Time now) {
  const Persona& persona = provider.persona;
  const Client* client = provider.clients.Find(parameters.Get("client_id"));
  if (client == nullptr ||
      client->registration.type != ClientType::kSelfClient) {
    return ConsoleProblem("Only a self client gets a code here.");
  }
  auto scopes = ReadScopes(persona, parameters.Get("scope"));
  if (const auto* wrong = std::get_if<Problem>(&scopes)) {
    return ConsoleProblem(wrong->text);
  }
  int minutes = 0;
  if (!absl::SimpleAtoi(parameters.Get("minutes"), &minutes) || minutes < 3 ||
      minutes > 10) {
    return ConsoleProblem("A code lives for 3 to 10 minutes.");
  }
  Code code;
  const std::string user = parameters.Get("user");
  code.owner = {user.empty() ? persona.users.front().name : user, client->id};
  code.scopes = std::get<Scopes>(std::move(scopes));
  code.with_refresh_token = true;
  const auto made = provider.consents.MakeCode(
      persona, std::move(code), absl::Minutes(minutes), provider.issuer, now);
  if (std::holds_alternative<Refusal>(made)) {
    ++provider.counts.throttled;
    return ConsoleProblem(persona.throttle_text);
  }
  return Notice("The code is ready",
                json::array({Shown("Code", std::get<std::string>(made))}),
                "It works once, within its minutes.");
}

}  // namespace bursar::sandbox

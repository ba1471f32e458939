// The developer console: clients are registered here by hand, get a new secret,
// and a self client gets its code.

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "sandbox/authorization_request.h"
#include "sandbox/endpoints.h"
#include "sandbox/pages.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

json Types() {
  return {
      {{"value", "server-based"},
       {"label", "Server-based"},
       {"words", "runs on a web server and keeps a secret"}},
      {{"value", "client-based"},
       {"label", "Client-based"},
       {"words", "runs in a browser only"}},
      {{"value", "mobile-based"},
       {"label", "Mobile-based"},
       {"words", "is installed on phones and tablets"}},
      {{"value", "non-browser"},
       {"label", "Non-browser"},
       {"words", "televisions and printers"}},
      {{"value", "self-client"},
       {"label", "Self client"},
       {"words", "back-end jobs without a user"}},
  };
}

json ClientValues(const Client& client) {
  const Registration& registration = client.registration;
  return {{"id", client.id},
          {"name", registration.name},
          {"type", ToName(registration.type)},
          {"homepage", registration.homepage},
          {"redirects", absl::StrJoin(registration.redirect_uris, " ")},
          {"has_secret", client.HasSecret()},
          {"is_self_client", registration.type == ClientType::kSelfClient}};
}

json Value(absl::string_view name, const std::string& value) {
  return {{"name", std::string(name)}, {"value", value}};
}

// What to show above the list: {"notice": …}, {"problem": …} or nothing.
json Wrong(absl::string_view text) { return {{"problem", std::string(text)}}; }

json AddClient(Provider& provider, const Parameters& parameters, absl::Time) {
  const auto type = ClientTypeOf(parameters.Get("type"));
  if (!type) return Wrong("Choose a client type.");
  Registration registration;
  registration.name = parameters.Get("name");
  registration.homepage = parameters.Get("homepage");
  registration.type = *type;
  registration.redirect_uris =
      absl::StrSplit(parameters.Get("redirect_uris"),
                     absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  const auto client =
      provider.clients.Register(std::move(registration), provider.issuer);
  if (!client.ok()) return Wrong(client.status().message());
  json values = json::array({Value("Client ID", client->id)});
  if (client->HasSecret()) {
    values.push_back(Value("Client secret", client->secret));
  }
  return {{"notice",
           {{"heading", "The client is registered"},
            {"values", std::move(values)},
            {"remark", "A secret is shown this once."}}}};
}

json ReplaceSecret(Provider& provider, const Parameters& parameters,
                   absl::Time) {
  const auto secret = provider.clients.ReplaceSecret(
      parameters.Get("client_id"), provider.issuer);
  if (!secret) return Wrong("This client has no secret.");
  return {{"notice",
           {{"heading", "The secret is replaced"},
            {"values", json::array({Value("Client secret", *secret)})},
            {"remark", "It is shown this once. The old one is refused."}}}};
}

json GenerateCode(Provider& provider, const Parameters& parameters,
                  absl::Time now) {
  const Persona& persona = provider.persona;
  const Client* client = provider.clients.Find(parameters.Get("client_id"));
  if (client == nullptr ||
      client->registration.type != ClientType::kSelfClient) {
    return Wrong("Only a self client gets a code here.");
  }
  auto scopes = ReadScopes(persona, parameters.Get("scope"));
  if (const auto* wrong = std::get_if<Problem>(&scopes)) {
    return Wrong(wrong->text);
  }
  int minutes = 0;
  if (!absl::SimpleAtoi(parameters.Get("minutes"), &minutes) || minutes < 3 ||
      minutes > 10) {
    return Wrong("A code lives for 3 to 10 minutes.");
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
    return Wrong(persona.throttle_text);
  }
  return {
      {"notice",
       {{"heading", "The code is ready"},
        {"values", json::array({Value("Code", std::get<std::string>(made))})},
        {"remark", "It works once, within its minutes."}}}};
}

using ConsoleAction = json (*)(Provider&, const Parameters&, absl::Time);

json Show(Provider& provider, const std::string& form_token, json page) {
  page["title"] = "Developer console";
  page["form_token"] = form_token;
  page["types"] = Types();
  page["clients"] = json::array();
  for (const Client& client : provider.clients.List()) {
    page["clients"].push_back(ClientValues(client));
  }
  return page;
}

void InstallAction(HttpServer& server, World& world,
                   const std::string& form_token, const char* path,
                   ConsoleAction action) {
  server.Post(path, [&world, form_token, action](const auto& request,
                                                 auto& response) {
    const Parameters parameters(request);
    const json page = world.With([&](Provider& provider, absl::Time now) {
      const bool ours = parameters.Get("form_token") == form_token;
      return Show(provider, form_token,
                  ours ? action(provider, parameters, now)
                       : Wrong("This form is not of this console."));
    });
    SendPage("console", page, page.contains("problem") ? 400 : 200, response);
  });
}

}  // namespace

void InstallConsole(HttpServer& server, World& world) {
  // Nobody signs in here, so one token serves for all forms: it proves that a
  // form came from a page of this server.
  const std::string form_token = world.With([](Provider& provider, absl::Time) {
    return provider.issuer.FormToken();
  });
  server.Get(
      "/developerconsole", [&world, form_token](const auto&, auto& response) {
        const json page = world.With([&](Provider& provider, absl::Time) {
          return Show(provider, form_token, json::object());
        });
        SendPage("console", page, 200, response);
      });
  InstallAction(server, world, form_token, "/developerconsole/clients",
                AddClient);
  InstallAction(server, world, form_token, "/developerconsole/secret",
                ReplaceSecret);
  InstallAction(server, world, form_token, "/developerconsole/code",
                GenerateCode);
}

}  // namespace bursar::sandbox

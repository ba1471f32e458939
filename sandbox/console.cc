// The developer console: clients are registered here by hand, get a new secret,
// and a self client gets its code.

#include <string>
#include <utility>

#include "absl/strings/str_join.h"
#include "sandbox/console_actions.h"
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
          {"domain", registration.domain},
          {"data_centers", absl::StrJoin(registration.data_centers, ", ")},
          {"redirects", absl::StrJoin(registration.redirect_uris, " ")},
          {"has_secret", client.HasSecret()},
          {"is_self_client", registration.type == ClientType::kSelfClient}};
}

std::string ExampleScope(const Persona& persona) {
  return ScopeFor(persona.scopes, persona.scopes.front().resource, "READ");
}

using ConsoleAction = json (*)(Provider&, const Parameters&, absl::Time);

json Show(Provider& provider, const std::string& form_token, json page) {
  page["title"] = "Developer console";
  page["provider"] = provider.persona.title;
  page["wants_domain"] = provider.persona.client_domain;
  page["several_data_centers"] = provider.urls.size() > 1;
  page["example_scope"] = ExampleScope(provider.persona);
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
                       : ConsoleProblem("This form is not of this console."));
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
                RegisterInConsole);
  InstallAction(server, world, form_token, "/developerconsole/secret",
                ReplaceSecretInConsole);
  InstallAction(server, world, form_token, "/developerconsole/delete",
                DeleteInConsole);
  InstallAction(server, world, form_token, "/developerconsole/code",
                MakeCodeInConsole);
}

}  // namespace bursar::sandbox

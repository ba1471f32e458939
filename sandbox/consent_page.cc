#include "sandbox/consent_page.h"

#include <utility>

namespace bursar::sandbox {

nlohmann::json ShowConsent(Provider& provider, AuthorizationRequest request,
                           const std::string& login_hint, absl::Time now) {
  const Persona& persona = provider.persona;
  nlohmann::json users = nlohmann::json::array();
  for (const TestUser& user : persona.users) {
    users.push_back({{"name", user.name}, {"display_name", user.display_name}});
  }
  nlohmann::json scopes = nlohmann::json::array();
  for (const std::string& scope : request.scopes) {
    scopes.push_back(
        {{"words", InWords(persona.scopes, scope)}, {"scope", scope}});
  }
  const Client* client = provider.clients.Find(request.client_id);
  nlohmann::json values = {
      {"title", "Allow access?"},
      {"provider", persona.title},
      {"client", client->registration.name},
      {"homepage", client->registration.homepage},
      {"redirect_uri", request.redirect_uri},
      {"offline", request.offline},
      {"scopes", std::move(scopes)},
      {"users", std::move(users)},
      {"user", login_hint.empty() ? persona.users.front().name : login_hint},
  };
  values["form_token"] =
      provider.consents.Show(std::move(request), provider.issuer, now);
  return values;
}

}  // namespace bursar::sandbox

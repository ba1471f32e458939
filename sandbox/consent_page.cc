#include "sandbox/consent_page.h"

#include <utility>

namespace bursar::sandbox {
namespace {

using nlohmann::json;

// What both pages show of a request.
json RequestValues(const Provider& provider,
                   const AuthorizationRequest& request) {
  const Registration& registration =
      provider.clients.Find(request.client_id)->registration;
  return {{"provider", provider.persona.title},
          {"client", registration.name},
          {"homepage", registration.homepage.empty() ? registration.domain
                                                     : registration.homepage}};
}

// Those who can sign in here: the others' data centres are not served.
json Users(const Provider& provider) {
  json users = json::array();
  for (const TestUser& user : provider.persona.users) {
    if (!provider.urls.contains(user.location)) continue;
    users.push_back({{"name", user.name}, {"display_name", user.display_name}});
  }
  return users;
}

json ScopesInWords(const Persona& persona, const Scopes& scopes) {
  json words = json::array();
  for (const std::string& scope : scopes) {
    words.push_back(
        {{"words", InWords(persona.scopes, scope)}, {"scope", scope}});
  }
  return words;
}

}  // namespace

json ShowConsent(Provider& provider, AuthorizationRequest request,
                 absl::Time now) {
  const Persona& persona = provider.persona;
  json values = RequestValues(provider, request);
  values["title"] = "Allow access?";
  values["organization"] = request.organization;
  values["redirect_uri"] = request.redirect_uri;
  values["offline"] = request.offline;
  values["scopes"] = ScopesInWords(persona, request.scopes);
  values["users"] = Users(provider);
  values["user"] = request.login_hint.empty() ? persona.users.front().name
                                              : request.login_hint;
  values["form_token"] =
      provider.consents.Show(std::move(request), provider.issuer, now);
  return values;
}

json ShowOrganizations(Provider& provider, AuthorizationRequest request,
                       absl::Time now) {
  json values = RequestValues(provider, request);
  values["title"] = "Choose an organisation";
  values["organizations"] = json::array();
  for (const Organization& organization : provider.persona.organizations) {
    values["organizations"].push_back(
        {{"id", organization.id}, {"name", organization.name}});
  }
  values["form_token"] =
      provider.consents.Show(std::move(request), provider.issuer, now);
  return values;
}

}  // namespace bursar::sandbox

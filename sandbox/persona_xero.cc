// Xero: access tokens for 30 minutes, a rotated refresh token works on for 30,
// and an unused one for 60 days.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona XeroPersona() {
  Persona persona = PlainPersona("xero", "Xero");
  persona.scopes = {
      {"offline_access", "", {}, "Keep the access you give"},
      {"accounting.transactions", "", {}, "See and change your transactions"},
      {"accounting.contacts.read", "", {}, "See your contacts"}};
  persona.api.push_back({"contacts", {"accounting.contacts.read"}, "Bob"});
  persona.paths = {"/identity/connect/authorize", "/connect/token", "",
                   "/connect/revocation", "/api.xro/2.0/"};
  persona.access_type = AccessTypeRule::kOnline;
  persona.offline_scope = "offline_access";
  persona.client_authentication = ClientAuthentication::kBasic;
  persona.access_token_lifetime = absl::Minutes(30);
  persona.rotation = true;
  persona.rotation_grace = absl::Minutes(30);
  persona.refresh_token_idle_lifetime = absl::Hours(24 * 60);
  return persona;
}

}  // namespace bursar::sandbox

// Salesforce: a user approves an app five times, then the oldest approval goes.
// Its answers do not tell how long a token lives.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona SalesforcePersona() {
  Persona persona = PlainPersona("salesforce", "Salesforce");
  persona.scopes = {{"api", "", {}, "See and change your records"},
                    {"refresh_token", "", {}, "Keep the access you give"}};
  persona.api.push_back({"sobjects", {"api"}, "Account"});
  persona.paths = {"/services/oauth2/authorize", "/services/oauth2/token",
                   "/services/oauth2/revoke", "", "/services/data/"};
  persona.access_type = AccessTypeRule::kOnline;
  persona.offline_scope = "refresh_token";
  persona.access_token_lifetime = absl::Hours(2);
  persona.expires_in_unit = ExpiryUnit::kNone;
  persona.refresh_token_cap = 5;
  persona.revoke_unknown_status = 400;
  return persona;
}

}  // namespace bursar::sandbox

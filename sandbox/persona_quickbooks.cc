// QuickBooks Online: the refresh token changes when it is a day old; every
// answer names the one that is valid now. 100 days rolling, five years at most.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona QuickbooksPersona() {
  Persona persona = PlainPersona("quickbooks", "QuickBooks");
  persona.scopes = {{"com.intuit.quickbooks.accounting",
                     "",
                     {},
                     "See and change your accounting"}};
  persona.api.push_back(
      {"invoices", {"com.intuit.quickbooks.accounting"}, "Seeds"});
  persona.paths = {"/connect/oauth2", "/oauth2/v1/tokens/bearer", "",
                   "/v2/oauth2/tokens/revoke", "/v3/company/"};
  persona.client_authentication = ClientAuthentication::kBasic;
  persona.refresh_token_in_answer = true;
  persona.rotation = true;
  persona.rotate_after = absl::Hours(24);
  persona.refresh_token_idle_lifetime = absl::Hours(24 * 100);
  persona.family_lifetime = absl::Hours(24 * 365 * 5);
  persona.answer_extras = {R"({"token_type": "bearer"})"};
  return persona;
}

}  // namespace bursar::sandbox

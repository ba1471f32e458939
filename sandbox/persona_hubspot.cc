// HubSpot: never rotates, and names what is wrong in `status`.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona HubspotPersona() {
  Persona persona = PlainPersona("hubspot", "HubSpot");
  persona.scopes = {{"oauth", "", {}, "Connect to your account"},
                    {"crm.objects.contacts.read", "", {}, "See your contacts"}};
  persona.api.push_back({"contacts", {"crm.objects.contacts.read"}, "Bob"});
  persona.paths.authorization = "/oauth/authorize";
  persona.paths.token = "/oauth/v1/token";
  persona.paths.api = "/crm/v3/objects/";
  persona.access_token_lifetime = absl::Minutes(30);
  persona.scope_in_answer = false;
  persona.error_field = "status";
  persona.client_error_status = 400;
  persona.client_error = "BAD_CLIENT_ID";
  persona.secret_error = "BAD_CLIENT_SECRET";
  persona.grant_type_error = "BAD_GRANT_TYPE";
  persona.redirect_uri_error = "BAD_REDIRECT_URI";
  persona.dead_error = "BAD_REFRESH_TOKEN";
  persona.dead_code_error = "BAD_AUTH_CODE";
  persona.refresh_token_in_answer = true;
  persona.paths.revocation_by_client = "";
  persona.paths.revocation_in_path = "/oauth/v1/refresh-tokens/";
  return persona;
}

}  // namespace bursar::sandbox

// Slack with token rotation: every answer is HTTP 200 and says in `ok` whether
// it is good.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona SlackPersona() {
  Persona persona = PlainPersona("slack", "Slack");
  persona.scopes = {{"channels:read", "", {}, "See the channels you are in"},
                    {"chat:write", "", {}, "Write messages"}};
  persona.api.push_back({"channels", {"channels:read"}, "#announcements"});
  persona.paths.authorization = "/oauth/v2/authorize";
  persona.paths.token = "/api/oauth.v2.access";
  persona.paths.api = "/api/";
  persona.access_token_lifetime = absl::Hours(12);
  persona.scope_separator = ",";
  persona.answer_extras = {R"({"ok": true})"};
  persona.error_extras = {R"({"ok": false})"};
  persona.error_status = 200;
  persona.client_error_status = 200;
  persona.client_error = "invalid_client_id";
  persona.secret_error = "bad_client_secret";
  persona.grant_type_error = "invalid_grant_type";
  persona.redirect_uri_error = "bad_redirect_uri";
  persona.dead_code_error = "invalid_code";
  persona.throttle_error = "ratelimited";
  persona.rotation = true;
  persona.paths.revocation_by_client = "";
  persona.paths.revocation_by_bearer = "/api/auth.revoke";
  return persona;
}

}  // namespace bursar::sandbox

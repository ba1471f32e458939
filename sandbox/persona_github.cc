// A GitHub App with expiring user tokens: a refresh ends the old pair at once,
// and every refusal is HTTP 200. What it may do is not asked in scopes.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona GithubPersona() {
  Persona persona = PlainPersona("github", "GitHub");
  persona.scopes = {{"repo", "", {}, "See and change your repositories"},
                    {"read:user", "", {}, "See your profile"}};
  persona.api = {{"user", {}, "Ann Abara"},
                 {"me", {}, "Ann Abara"},
                 {"repos", {"repo"}, "garden"}};
  persona.paths.authorization = "/login/oauth/authorize";
  persona.paths.token = "/login/oauth/access_token";
  persona.paths.api = "/api/v3/";
  persona.scope_mandatory = false;
  persona.access_token_lifetime = absl::Hours(8);
  persona.scope_separator = ",";
  persona.answer_extras = {
      R"({"token_type": "bearer", "refresh_token_expires_in": 15897600})"};
  persona.error_status = 200;
  persona.client_error_status = 200;
  persona.client_error = "incorrect_client_credentials";
  persona.secret_error = "incorrect_client_credentials";
  persona.redirect_uri_error = "redirect_uri_mismatch";
  persona.dead_error = "bad_refresh_token";
  persona.dead_code_error = "bad_verification_code";
  persona.rotation = true;
  persona.rotation_kills_access_tokens = true;
  persona.refresh_token_lifetime = absl::Seconds(15897600);
  persona.paths.revocation_by_client = "";
  persona.paths.revocation_of_grants = "/applications/";
  persona.paths.device_code = "/login/device/code";
  persona.paths.device_token = persona.paths.token;
  persona.paths.device_entry = "/login/device";
  persona.device_words = StandardDeviceWords();
  persona.device_code_lifetime = absl::Minutes(15);
  persona.device_interval = absl::Seconds(5);
  return persona;
}

}  // namespace bursar::sandbox

// Microsoft: every refresh brings a new refresh token, and the old one stays
// valid for its 90 days. One for a page in the browser lives for 24 hours: the
// switch refresh_token_lifetime_seconds=86400.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona MicrosoftPersona() {
  Persona persona = PlainPersona("microsoft", "Microsoft");
  persona.scopes = {{"openid", "", {}, "Know who you are"},
                    {"offline_access", "", {}, "Keep the access you give"},
                    {"User.Read", "", {}, "See your profile"},
                    {"Mail.Read", "", {}, "See your mail"}};
  persona.api.push_back({"messages", {"Mail.Read"}, "Good morning"});
  persona.paths.authorization = "/common/oauth2/v2.0/authorize";
  persona.paths.token = "/common/oauth2/v2.0/token";
  persona.paths.api = "/v1.0/";
  persona.access_type = AccessTypeRule::kOnline;
  persona.offline_scope = "offline_access";
  persona.dead_extras = {
      R"({"error_description": "AADSTS70008: The code or refresh token has )"
      R"(expired or was revoked.", "error_codes": [70008]})"};
  persona.rotation = true;
  persona.rotation_grace = absl::InfiniteDuration();
  persona.refresh_token_lifetime = absl::Hours(24 * 90);
  persona.paths.revocation_by_client = "";
  persona.paths.device_code = "/common/oauth2/v2.0/devicecode";
  persona.paths.device_token = persona.paths.token;
  persona.paths.device_entry = "/devicelogin";
  persona.device_words = StandardDeviceWords();
  persona.device_words.declined_error = "authorization_declined";
  persona.device_code_lifetime = absl::Minutes(15);
  persona.device_interval = absl::Seconds(5);
  return persona;
}

}  // namespace bursar::sandbox

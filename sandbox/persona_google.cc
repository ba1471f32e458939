// Google: the hundred-and-first refresh token of a user and client silently
// ends the oldest. A client in testing gets them for 7 days: the switch
// refresh_token_lifetime_seconds=604800.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona GooglePersona() {
  Persona persona = PlainPersona("google", "Google");
  persona.scopes = {
      {"openid", "", {}, "Know who you are"},
      {"email", "", {}, "See your address"},
      {"https://www.googleapis.com/auth/calendar.readonly",
       "",
       {},
       "See your calendars"},
      {"https://www.googleapis.com/auth/calendar",
       "",
       {},
       "See and change your calendars"},
  };
  persona.api.push_back({"events",
                         {"https://www.googleapis.com/auth/calendar.readonly",
                          "https://www.googleapis.com/auth/calendar"},
                         "Harvest"});
  persona.paths = {"/o/oauth2/v2/auth", "/token", "/revoke", "",
                   "/calendar/v3/"};
  persona.access_type = AccessTypeRule::kOnline;
  persona.refresh_token_each_consent = false;
  persona.refresh_token_idle_lifetime = absl::Hours(24 * 182);
  persona.refresh_token_cap = 100;
  persona.revoke_unknown_status = 400;
  persona.paths.device_code = "/device/code";
  persona.paths.device_token = persona.paths.token;
  persona.paths.device_entry = "/device";
  persona.device_words = StandardDeviceWords();
  persona.device_words.verification_uri_field = "verification_url";
  persona.device_code_lifetime = absl::Minutes(30);
  persona.device_interval = absl::Seconds(5);
  return persona;
}

}  // namespace bursar::sandbox

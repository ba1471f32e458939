// Okta with rotation: a rotated token works for 30 seconds more, and after that
// its use ends the whole family.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona OktaPersona() {
  Persona persona = PlainPersona("okta", "Okta");
  persona.scopes = {{"openid", "", {}, "Know who you are"},
                    {"offline_access", "", {}, "Keep the access you give"},
                    {"profile", "", {}, "See your profile"}};
  persona.api.push_back({"userinfo", {"profile"}, "Ann Abara"});
  persona.paths = {"/oauth2/default/v1/authorize", "/oauth2/default/v1/token",
                   "", "/oauth2/default/v1/revoke", "/api/v1/"};
  persona.access_type = AccessTypeRule::kOnline;
  persona.offline_scope = "offline_access";
  persona.rotation = true;
  persona.rotation_grace = absl::Seconds(30);
  persona.reuse_kills_family = true;
  return persona;
}

}  // namespace bursar::sandbox

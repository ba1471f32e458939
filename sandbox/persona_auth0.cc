// Auth0 with rotation and a leeway of 10 seconds, which a tenant sets; at most
// 200 refresh tokens of a user and application.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona Auth0Persona() {
  Persona persona = PlainPersona("auth0", "Auth0");
  persona.scopes = {{"openid", "", {}, "Know who you are"},
                    {"offline_access", "", {}, "Keep the access you give"},
                    {"read:notes", "", {}, "See your notes"}};
  persona.api.push_back({"notes", {"read:notes"}, "Water the plants"});
  persona.paths = {"/authorize", "/oauth/token", "", "/oauth/revoke",
                   "/api/v2/"};
  persona.access_type = AccessTypeRule::kOnline;
  persona.offline_scope = "offline_access";
  persona.rotation = true;
  persona.rotation_grace = absl::Seconds(10);
  persona.reuse_kills_family = true;
  persona.refresh_token_cap = 200;
  return persona;
}

}  // namespace bursar::sandbox

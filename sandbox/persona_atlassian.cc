// Atlassian: rotates at every refresh, forgives the reuse of a rotated token
// for 10 minutes, and says 403 where others say 400.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona AtlassianPersona() {
  Persona persona = PlainPersona("atlassian", "Atlassian");
  persona.scopes = {{"offline_access", "", {}, "Keep the access you give"},
                    {"read:jira-work", "", {}, "See your projects"},
                    {"write:jira-work", "", {}, "Change your projects"}};
  persona.api.push_back({"projects", {"read:jira-work"}, "Garden"});
  persona.paths.authorization = "/authorize";
  persona.paths.token = "/oauth/token";
  persona.access_type = AccessTypeRule::kOnline;
  persona.offline_scope = "offline_access";
  persona.error_status = 403;
  persona.rotation = true;
  persona.rotation_grace = absl::Minutes(10);
  persona.refresh_token_idle_lifetime = absl::Hours(24 * 90);
  persona.family_lifetime = absl::Hours(24 * 365);
  persona.paths.revocation_by_client = "";
  return persona;
}

}  // namespace bursar::sandbox

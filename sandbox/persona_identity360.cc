// ManageEngine Identity360. The API's path is a guess: nobody says.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona Identity360Persona() {
  Persona persona = ZohoPersona("identity360", "ManageEngine Identity360");
  persona.scopes = {
      {"idmpod.user",
       "users and their data in Identity360",
       {"READ", "WRITE", "CREATE", "UPDATE", "DELETE"},
       ""},
      {"idmpod.template.user",
       "user templates and their data in Identity360",
       {"READ"},
       ""},
  };
  persona.api = {
      {"users", {"idmpod.user"}, "Ann Abara"},
      {"templates", {"idmpod.template.user"}, "Gardener"},
  };
  persona.paths.api = "/api/v1/";
  persona.access_type = AccessTypeRule::kOnline;
  persona.code_lifetime = absl::Minutes(1);
  // Five refresh tokens in a minute, and they never expire: the defaults.
  return persona;
}

}  // namespace bursar::sandbox

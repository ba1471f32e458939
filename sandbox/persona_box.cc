// Box: a refresh token works once, within 60 days. What an app may do is set
// where it is registered; asking for scopes narrows that.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona BoxPersona() {
  Persona persona = PlainPersona("box", "Box");
  persona.scopes = {{"root_readonly", "", {}, "See your files"},
                    {"root_readwrite", "", {}, "See and change your files"}};
  persona.api.push_back(
      {"folders", {"root_readonly", "root_readwrite"}, "Photographs"});
  persona.paths = {"/api/oauth2/authorize", "/oauth2/token", "",
                   "/oauth2/revoke", "/2.0/"};
  persona.scope_mandatory = false;
  persona.rotation = true;
  persona.refresh_token_lifetime = absl::Hours(24 * 60);
  return persona;
}

}  // namespace bursar::sandbox

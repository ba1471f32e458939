// A provider that rotates at every refresh and holds the reuse of a rotated
// token for theft, as RFC 9700 section 4.14.2 asks.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona RotatingPersona() {
  Persona persona = PlainPersona("rotating", "A rotating provider");
  persona.scopes = {{"read", "", {}, "See your data"},
                    {"write", "", {}, "Change your data"}};
  persona.api.push_back({"notes", {"read"}, "Water the plants"});
  persona.rotation = true;
  persona.reuse_kills_family = true;
  return persona;
}

}  // namespace bursar::sandbox

// What Zoho's products have in common, beyond the defaults of a Persona.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona ZohoPersona(absl::string_view name, absl::string_view title) {
  Persona persona;
  persona.name = std::string(name);
  persona.title = std::string(title);
  persona.data_centers = {{"us", ".com"},    {"eu", ".eu"}, {"in", ".in"},
                          {"au", ".com.au"}, {"sa", ".sa"}, {"jp", ".jp"},
                          {"ca", ".ca"},     {"uk", ".uk"}, {"cn", ".com.cn"}};
  persona.users = {{"ann@example.com", "Ann Abara", "us"},
                   {"bob@example.com", "Bob Brandt", "us"},
                   {"cleo@example.com", "Cleo Castillo", "us"},
                   {"emil@example.com", "Emil Engel", "eu"},
                   {"indu@example.com", "Indu Iyer", "in"},
                   {"ada@example.com", "Ada Archer", "au"},
                   {"sami@example.com", "Sami Saleh", "sa"},
                   {"jun@example.com", "Jun Jinnai", "jp"},
                   {"cora@example.com", "Cora Campbell", "ca"},
                   {"una@example.com", "Una Underwood", "uk"},
                   {"chen@example.com", "Chen Chang", "cn"}};
  return persona;
}

}  // namespace bursar::sandbox

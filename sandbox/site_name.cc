#include "sandbox/site_name.h"

#include "absl/strings/str_cat.h"
#include "sandbox/personas.h"

namespace bursar::sandbox {

std::string SiteName(const Persona& persona, absl::string_view location) {
  if (location == persona.home()) return persona.name;
  return absl::StrCat(persona.name, ".", location);
}

std::string HostName(const Persona& persona, absl::string_view location) {
  return absl::StrCat(SiteName(persona, location), ".localhost");
}

std::vector<std::string> AllHostNames() {
  std::vector<std::string> names;
  for (const Persona& persona : AllPersonas()) {
    for (const DataCenter& center : persona.data_centers) {
      names.push_back(HostName(persona, center.location));
    }
  }
  return names;
}

}  // namespace bursar::sandbox

#include "sandbox/personas.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bursar::sandbox {

std::vector<Persona> AllPersonas() {
  return {CliqPersona(),   ConnectPersona(),    Identity360Persona(),
          IotPersona(),    RotatingPersona(),   AtlassianPersona(),
          Auth0Persona(),  BoxPersona(),        GithubPersona(),
          GooglePersona(), HubspotPersona(),    MicrosoftPersona(),
          OktaPersona(),   QuickbooksPersona(), SalesforcePersona(),
          SlackPersona(),  XeroPersona()};
}

absl::StatusOr<Persona> FindPersona(absl::string_view name) {
  std::vector<std::string> names;
  for (Persona& persona : AllPersonas()) {
    if (persona.name == name) return std::move(persona);
    names.push_back(persona.name);
  }
  return absl::NotFoundError(
      absl::StrCat("no persona is called \"", name,
                   "\"; there are: ", absl::StrJoin(names, ", ")));
}

}  // namespace bursar::sandbox

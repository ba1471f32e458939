#include "sandbox/persona.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bursar::sandbox {

absl::StatusOr<Persona> FindPersona(absl::string_view name) {
  if (name == "cliq") return CliqPersona();
  return absl::NotFoundError(
      absl::StrCat("no persona is called \"", name, "\"; there is: cliq"));
}

}  // namespace bursar::sandbox

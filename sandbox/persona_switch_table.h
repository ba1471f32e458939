// Which fields of a persona are switches, and under which names. Pure.

#ifndef BURSAR_SANDBOX_PERSONA_SWITCH_TABLE_H_
#define BURSAR_SANDBOX_PERSONA_SWITCH_TABLE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {

// Several enumerations have words; one variant of member pointers keeps every
// switch a single line of the table.
using SwitchField =
    std::variant<bool Persona::*, int64_t Persona::*, std::string Persona::*,
                 absl::Duration Persona::*, JsonObject Persona::*,
                 AccessTypeRule Persona::*, ExpiryUnit Persona::*,
                 OnCap Persona::*, CountedBy Persona::*,
                 ClientAuthentication Persona::*, ParameterPlace Persona::*>;

struct Switch {
  absl::string_view name;
  SwitchField field;
};

const std::vector<Switch>& SwitchTable();

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PERSONA_SWITCH_TABLE_H_

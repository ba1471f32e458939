// A persona's switches by name and as text, for the command line and the
// control API. Pure; no locking.

#ifndef BURSAR_SANDBOX_PERSONA_SWITCHES_H_
#define BURSAR_SANDBOX_PERSONA_SWITCHES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {

/// Sets the switch called `name`. Truths are "true" or "false"; durations are
/// seconds or "forever"; choices are words. NotFound: no such switch.
/// InvalidArgument: no such value; nothing is changed.
absl::Status SetSwitch(Persona& persona, absl::string_view name,
                       absl::string_view value);

struct SwitchValue {
  std::string name;
  std::string value;
};

/// Every switch as SetSwitch takes it.
std::vector<SwitchValue> Switches(const Persona& persona);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PERSONA_SWITCHES_H_

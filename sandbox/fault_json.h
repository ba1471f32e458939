// Faults as the control API writes them; README.md has the fields. Pure.

#ifndef BURSAR_SANDBOX_FAULT_JSON_H_
#define BURSAR_SANDBOX_FAULT_JSON_H_

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "sandbox/faults.h"

namespace bursar::sandbox {

/// InvalidArgument says which field is wrong.
absl::StatusOr<Fault> FaultFromJson(const nlohmann::json& json);

/// What is left of a fault: its call, kind and times.
nlohmann::json FaultToJson(const Fault& fault);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_FAULT_JSON_H_

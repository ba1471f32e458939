// What the sandbox has seen and done, for tests to count. Pure.

#ifndef BURSAR_SANDBOX_COUNTERS_JSON_H_
#define BURSAR_SANDBOX_COUNTERS_JSON_H_

#include <nlohmann/json.hpp>

#include "sandbox/world.h"

namespace bursar::sandbox {

/// README.md has the fields. No token's value is among them.
nlohmann::json CountersOf(const Provider& provider);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_COUNTERS_JSON_H_

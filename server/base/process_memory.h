// What the system can do for the secrets in this process's memory. Call it
// before there are any threads.

#ifndef BURSAR_SERVER_BASE_PROCESS_MEMORY_H_
#define BURSAR_SERVER_BASE_PROCESS_MEMORY_H_

#include "absl/status/status.h"

namespace bursar {

/// Keeps all of it out of core files, crash collectors, and the debuggers of
/// other processes of the same user.
void ForbidCoreDumps();

/// Keeps all of it, what comes later too, out of swap. Fails, saying why, where
/// the process may not lock as much as it will ever need: a limit that is
/// reached later would end it then.
absl::Status LockMemory();

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_PROCESS_MEMORY_H_

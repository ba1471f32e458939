#include "server/base/process_memory.h"

#include <linux/capability.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

// Whether the limit on locked memory does not bind this process.
bool MayLockAnything() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> held{};
  return syscall(SYS_capget, &header, held.data()) == 0 &&
         (held[CAP_TO_INDEX(CAP_IPC_LOCK)].effective &
          CAP_TO_MASK(CAP_IPC_LOCK)) != 0;
}

absl::Status RaiseLimit() {
  rlimit limit{};
  getrlimit(RLIMIT_MEMLOCK, &limit);
  if (limit.rlim_max != RLIM_INFINITY) {
    return absl::FailedPreconditionError(absl::StrCat(
        "this process may lock no more than ", limit.rlim_max >> 10,
        " KiB: give it LimitMEMLOCK=infinity, or the capability IPC_LOCK"));
  }
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_MEMLOCK, &limit);
  return absl::OkStatus();
}

}  // namespace

// The limit stops files in the working folder; the flag also stops crash
// collectors, which the limit does not bind.
void ForbidCoreDumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

absl::Status LockMemory() {
  if (!MayLockAnything()) {
    absl::Status raised = RaiseLimit();
    if (!raised.ok()) return raised;
  }
  // As pages come into use: the stacks of threads are mostly never used.
  if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0) {
    return absl::OkStatus();
  }
  return absl::UnavailableError(
      absl::StrCat("the system does not lock it: ", std::strerror(errno)));
}

}  // namespace bursar

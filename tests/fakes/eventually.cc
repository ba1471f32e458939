#include "tests/fakes/eventually.h"

#include "absl/time/clock.h"

namespace bursar {

bool Eventually(absl::FunctionRef<bool()> condition, absl::Duration bound) {
  const absl::Time deadline = absl::Now() + bound;
  while (!condition()) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

}  // namespace bursar

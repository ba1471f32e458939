#include "tests/fakes/eventually.h"

#include <chrono>

#include "absl/time/clock.h"

namespace bursar {

bool Eventually(absl::FunctionRef<bool()> condition, absl::Duration bound) {
  const auto deadline =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(bound);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

}  // namespace bursar

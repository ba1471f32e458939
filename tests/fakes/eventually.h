// Awaiting what other processes and threads bring about: a condition with a
// bound, never a span of time. Stateless.

#ifndef BURSAR_TESTS_FAKES_EVENTUALLY_H_
#define BURSAR_TESTS_FAKES_EVENTUALLY_H_

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"

namespace bursar {

/// Far longer than anything takes on a busy machine.
inline constexpr absl::Duration kBound = absl::Seconds(30);

/// Whether `condition` came true within `bound`.
bool Eventually(absl::FunctionRef<bool()> condition,
                absl::Duration bound = kBound);

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_EVENTUALLY_H_

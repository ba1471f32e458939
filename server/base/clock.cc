#include "server/base/clock.h"

#include "absl/time/clock.h"

namespace bursar {

absl::Time SystemClock::Now() const {
  return absl::FromUnixMicros(absl::ToUnixMicros(absl::Now()));
}

}  // namespace bursar

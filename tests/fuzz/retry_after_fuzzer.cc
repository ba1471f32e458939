// Values of the header Retry-After.

#include "server/upstream/retry_after.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  const FuzzInput input(data, size);
  const auto pause =
      ParseRetryAfter(input.Rest(), absl::FromUnixSeconds(1'750'000'000));
  if (pause) {
    Must(*pause >= absl::ZeroDuration() && *pause <= absl::Hours(24),
         "a pause is within bounds");
  }
  return 0;
}

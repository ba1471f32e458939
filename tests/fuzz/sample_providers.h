// Providers to read answers as: every one that is built in. Shared freely
// between threads.

#ifndef BURSAR_TESTS_FUZZ_SAMPLE_PROVIDERS_H_
#define BURSAR_TESTS_FUZZ_SAMPLE_PROVIDERS_H_

#include <vector>

#include "absl/time/time.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {

inline const absl::Time kSent = absl::FromUnixSeconds(1'750'000'000);
inline const absl::Time kNow = kSent + absl::Seconds(2);

/// In the order of their names, after one that has no peculiarities.
const std::vector<Provider>& SampleProviders();

/// An answer: its status, its Retry-After and its body are the next line, the
/// one after that, and the rest.
HttpAnswer TakeAnswer(FuzzInput& input);

/// Ends the process unless `result` is what ReadTokenAnswer promises.
void CheckResult(const RedeemResult& result, const Provider& provider);

}  // namespace bursar

#endif  // BURSAR_TESTS_FUZZ_SAMPLE_PROVIDERS_H_

// Where the build put the programs under test. Immutable.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_PROGRAMS_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_PROGRAMS_H_

#include "absl/strings/string_view.h"

namespace bursar::journey {

extern const absl::string_view kBursard;
extern const absl::string_view kBursardUnderTest;
extern const absl::string_view kBursarctl;
extern const absl::string_view kSandbox;

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_PROGRAMS_H_

#include "tests/journey/harness/programs.h"

namespace bursar::journey {

const absl::string_view kBursard = BURSAR_BURSARD;
const absl::string_view kBursardUnderTest = BURSAR_BURSARD_UNDER_TEST;
const absl::string_view kBursarctl = BURSAR_BURSARCTL;
const absl::string_view kSandbox = BURSAR_SANDBOX;

}  // namespace bursar::journey

// What a client reads of a refusal: its code, its message, and the bytes of its
// details.

#include <grpcpp/support/status.h>

#include <algorithm>
#include <string>

#include "client/errors.h"
#include "client/status.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar::client {
namespace {

// Whether what Describe may say of `status` holds the canary.
bool MayLeak(const absl::Status& status) {
  const auto violations = FieldViolations(status);
  return Leaks(status.message()) || Leaks(ErrorReason(status)) ||
         std::any_of(violations.begin(), violations.end(),
                     [](const auto& violation) {
                       return Leaks(violation.first) || Leaks(violation.second);
                     });
}

void CheckStatus(const absl::Status& status) {
  Must(!status.ok(), "a refusal stays one");
  Must(ErrorMetadata(status, "no such key").empty(),
       "what is not there is not");
  (void)RetryDelay(status);
  const auto consent = ConsentRequiredOf(status);
  Must(consent.has_value() == (ErrorReason(status) == "CONSENT_REQUIRED"),
       "consent is asked for where the reason says so");
  Must(!Leaks(Describe(status)) || MayLeak(status),
       "a log line holds no URL of a consent");
}

}  // namespace
}  // namespace bursar::client

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  // gRPC makes UNKNOWN of what is none.
  const int code = std::clamp(input.Number(), 1, 16);
  const std::string message(input.Line());
  client::CheckStatus(
      client::ToStatus(grpc::Status(static_cast<grpc::StatusCode>(code),
                                    message, std::string(input.Rest()))));
  return 0;
}

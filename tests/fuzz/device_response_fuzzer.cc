// Answers to devices: a provider's number, then an answer, read as one to a
// request for a code and as one to a poll.

#include <algorithm>
#include <variant>

#include "server/upstream/device_response.h"
#include "server/upstream/trusted_url.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/sample_providers.h"

namespace bursar {
namespace {

void CheckAuthorization(const DeviceAuthorization& device,
                        const DeviceRule& rule) {
  Must(!device.device_code.empty() && !device.user_code.empty(),
       "there are codes");
  Must(IsTrustedUrl(device.verification_uri),
       "a person is sent nowhere but to where a secret may go");
  Must(device.verification_uri_complete.empty() ||
           IsTrustedUrl(device.verification_uri_complete.Expose()),
       "nor with the code in the URL");
  Must(device.expiry > kSent && device.expiry <= kSent + absl::Hours(24),
       "a code lives for a day at most");
  Must(device.interval == rule.interval ||
           (device.interval >= absl::Seconds(1) &&
            device.interval <= absl::Hours(24)),
       "polls come neither without pause nor never");
}

void CheckPoll(const DevicePollResult& result, const Provider& provider) {
  if (const auto* elsewhere = std::get_if<DeviceElsewhere>(&result)) {
    Must(provider.data_centers.count(elsewhere->data_center) == 1,
         "nobody is asked but the provider's own data centres");
  }
  if (const auto* redeemed = std::get_if<RedeemResult>(&result)) {
    const auto* wrong = std::get_if<Misconfigured>(redeemed);
    if (wrong && wrong->detail == "DATA_CENTER") return;
    CheckResult(*redeemed, provider);
  }
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const Provider& provider = input.OneOf(SampleProviders());
  const HttpAnswer answer = TakeAnswer(input);
  const DeviceRule rule = provider.device.value_or(DeviceRule());
  const DeviceBeginResult begun =
      ReadDeviceAuthorization(answer, provider, rule, kSent, kNow);
  if (const auto* device = std::get_if<DeviceAuthorization>(&begun)) {
    CheckAuthorization(*device, rule);
  } else {
    const auto& redeemed = std::get<RedeemResult>(begun);
    Must(!std::holds_alternative<Granted>(redeemed),
         "a request for a code brings no token");
    CheckResult(redeemed, provider);
  }
  CheckPoll(ReadDevicePoll(answer, provider, rule, kSent, kNow), provider);
  return 0;
}

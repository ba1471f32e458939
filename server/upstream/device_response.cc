#include "server/upstream/device_response.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "server/upstream/answer_body.h"
#include "server/upstream/lifetime.h"
#include "server/upstream/token_response.h"
#include "server/upstream/trusted_url.h"

namespace bursar {
namespace {

using nlohmann::json;

constexpr absl::Duration kLongestLife = absl::Hours(24);
constexpr absl::Duration kShortestInterval = absl::Seconds(1);

// RFC 8628 section 3.5, unless the rule has its own.
std::optional<DeviceError> FindDeviceError(const DeviceRule& rule,
                                           const std::string& name) {
  const auto own = rule.errors.find(name);
  if (own != rule.errors.end()) return own->second;
  if (name == "authorization_pending") return DeviceError::kPending;
  if (name == "slow_down") return DeviceError::kSlowDown;
  if (name == "access_denied") return DeviceError::kDeclined;
  if (name == "expired_token") return DeviceError::kExpired;
  return std::nullopt;
}

std::optional<DataCenter> LocationIn(const json& object,
                                     const Provider& provider,
                                     const DeviceRule& rule) {
  for (const std::string& field : rule.location_fields) {
    const auto location = TextMember(object, field.c_str());
    if (location) return DataCenterAt(provider, *location);
  }
  return std::nullopt;
}

DevicePollResult ReadElsewhere(const json& object, const Provider& provider,
                               const DeviceRule& rule) {
  auto data_center = LocationIn(object, provider, rule);
  if (!data_center) return Misconfigured{"DATA_CENTER"};
  return DeviceElsewhere{*std::move(data_center)};
}

// Between polls of a code that lives for `life`.
absl::Duration IntervalOf(const json& object, const DeviceRule& rule,
                          absl::Duration life) {
  const auto number = NumberMember(object, "interval");
  if (!number || *number <= 0) return rule.interval;
  absl::Duration interval = *number * absl::Seconds(1);
  if (interval > life) interval = *number * absl::Milliseconds(1);
  return std::clamp(interval, kShortestInterval, kLongestLife);
}

// Nothing if a part is missing.
std::optional<DeviceAuthorization> ReadAuthorization(json& object,
                                                     const DeviceRule& rule,
                                                     absl::Time sent) {
  auto device_code = TakeSecret(object, "device_code");
  auto user_code = TakeSecret(object, "user_code");
  auto place = TextMember(object, rule.verification_uri_field.c_str());
  const absl::Duration life = DurationOf(
      NumberMember(object, "expires_in").value_or(0), rule.expiry_unit);
  if (!device_code || !user_code || !place || !IsTrustedUrl(*place) ||
      life <= absl::ZeroDuration()) {
    return std::nullopt;
  }
  DeviceAuthorization device;
  device.device_code = *std::move(device_code);
  device.user_code = *std::move(user_code);
  device.verification_uri = *std::move(place);
  auto complete = TakeSecret(object, "verification_uri_complete");
  if (complete && IsTrustedUrl(complete->Expose())) {
    device.verification_uri_complete = *std::move(complete);
  }
  device.expiry = sent + std::min(life, kLongestLife);
  device.interval = IntervalOf(object, rule, life);
  return device;
}

}  // namespace

DeviceBeginResult ReadDeviceAuthorization(const HttpAnswer& answer,
                                          const Provider& provider,
                                          const DeviceRule& rule,
                                          absl::Time sent, absl::Time now) {
  std::optional<json> object = ParseObject(answer.body.Expose());
  if (object && !HasThrottleMarker(*object, provider) &&
      !ErrorName(*object, provider)) {
    if (auto device = ReadAuthorization(*object, rule, sent)) {
      return *std::move(device);
    }
  }
  RedeemResult result = ReadTokenAnswer(answer, provider, sent, now);
  // Nobody asked for a token.
  if (std::holds_alternative<Granted>(result)) {
    return Transient{Trouble::kMalformed, std::nullopt};
  }
  return result;
}

DevicePollResult ReadDevicePoll(const HttpAnswer& answer,
                                const Provider& provider,
                                const DeviceRule& rule, absl::Time sent,
                                absl::Time now) {
  const std::optional<json> object = ParseObject(answer.body.Expose());
  const auto name = object && !HasThrottleMarker(*object, provider)
                        ? ErrorName(*object, provider)
                        : std::nullopt;
  const auto error = name ? FindDeviceError(rule, *name) : std::nullopt;
  if (!error) return ReadTokenAnswer(answer, provider, sent, now);
  switch (*error) {
    case DeviceError::kPending:
      return DevicePending{};
    case DeviceError::kSlowDown:
      return DeviceSlowDown{};
    case DeviceError::kDeclined:
      return DeviceDeclined{};
    case DeviceError::kExpired:
      return DeviceExpired{};
    case DeviceError::kOtherDataCenter:
      break;
  }
  return ReadElsewhere(*object, provider, rule);
}

}  // namespace bursar

#include "server/config/device_rule.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/config/descriptor_maps.h"
#include "server/config/endpoints.h"

namespace bursar {
namespace {

constexpr Within<absl::Duration> kIntervals = {absl::Seconds(1),
                                               absl::Hours(1)};

const std::map<std::string, DeviceError>& DeviceErrors() {
  static const auto& errors = *new std::map<std::string, DeviceError>{
      {"pending", DeviceError::kPending},
      {"slow_down", DeviceError::kSlowDown},
      {"declined", DeviceError::kDeclined},
      {"expired", DeviceError::kExpired},
      {"other_data_center", DeviceError::kOtherDataCenter},
  };
  return errors;
}

std::map<std::string, DeviceError> ApplyDeviceErrors(
    std::map<std::string, DeviceError> errors, const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("errors");
  if (!value) return errors;
  std::vector<std::string> words;
  for (const auto& [word, error] : DeviceErrors()) words.push_back(word);
  const YamlMap entries = value->Map();
  for (const auto& [name, meaning] : entries.Entries()) {
    if (meaning.IsNull()) {
      errors.erase(name);
    } else if (const auto word = meaning.Word(words)) {
      errors.insert_or_assign(name, DeviceErrors().at(*word));
    }
  }
  return errors;
}

}  // namespace

std::optional<DeviceRule> ApplyDevice(std::optional<DeviceRule> rule,
                                      const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("device");
  if (!value) return rule;
  if (value->IsNull()) return std::nullopt;
  const YamlMap entries = value->Map();
  DeviceRule changed = rule.value_or(DeviceRule());
  changed.endpoint = EndpointOr(entries, "endpoint", changed.endpoint);
  changed.token_endpoint =
      EndpointOr(entries, "token_endpoint", changed.token_endpoint);
  changed.parameters =
      ApplyParameters(std::move(changed.parameters), entries, "parameters",
                      {"client_id", "client_secret", "scope"});
  changed.authenticates =
      entries.BoolOr("authenticates", changed.authenticates);
  changed.grant_type = entries.TextOr("grant_type", changed.grant_type);
  changed.code_parameter =
      entries.TextOr("code_parameter", changed.code_parameter);
  changed.verification_uri_field =
      entries.TextOr("verification_uri_field", changed.verification_uri_field);
  changed.expiry_unit =
      entries.DurationOr("expiry_unit", changed.expiry_unit,
                         {absl::Milliseconds(1), absl::Hours(1)});
  changed.interval =
      entries.DurationOr("interval", changed.interval, kIntervals);
  changed.slow_interval =
      entries.DurationOr("slow_interval", changed.slow_interval, kIntervals);
  changed.errors = ApplyDeviceErrors(std::move(changed.errors), entries);
  changed.location_fields =
      entries.TextsOr("location_fields", std::move(changed.location_fields));
  return changed;
}

}  // namespace bursar

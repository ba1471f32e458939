#include "server/upstream/lifetime.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"

namespace bursar {
namespace {

using nlohmann::json;

constexpr double kSecondsInADay = 86'400;

// Zero for what is no number.
double NumberIn(const json& value) {
  if (value.is_number()) return value.get<double>();
  double number = 0;
  if (!value.is_string() ||
      !absl::SimpleAtod(value.get_ref<const std::string&>(), &number) ||
      !std::isfinite(number)) {
    return 0;
  }
  return number;
}

absl::Duration Stated(const json& object, const Provider& provider) {
  if (const auto seconds = NumberMember(object, "expires_in_sec")) {
    return *seconds * absl::Seconds(1);
  }
  const auto number = NumberMember(object, "expires_in");
  if (!number) return provider.default_lifetime;
  return DurationOf(*number, provider.expiry_unit);
}

}  // namespace

std::optional<double> NumberMember(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return NumberIn(*found);
}

absl::Duration DurationOf(double number, absl::Duration unit) {
  if (unit == absl::Seconds(1) && number > kSecondsInADay) {
    unit = absl::Milliseconds(1);
  }
  return number * unit;
}

absl::Duration LifetimeOf(const json& object, const Provider& provider) {
  return std::clamp(Stated(object, provider), absl::ZeroDuration(),
                    provider.maximum_lifetime);
}

}  // namespace bursar

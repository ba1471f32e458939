#include "server/upstream/retry_after.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

namespace bursar {
namespace {

constexpr absl::Duration kLongest = absl::Hours(24);

absl::Duration Bounded(absl::Duration delay) {
  return std::clamp(delay, absl::ZeroDuration(), kLongest);
}

std::optional<absl::Time> ParseHttpDate(absl::string_view value) {
  for (const char* format :
       {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %d %H:%M:%S %Y"}) {
    absl::Time time;
    std::string error;
    if (absl::ParseTime(format, value, &time, &error)) return time;
  }
  return std::nullopt;
}

}  // namespace

std::optional<absl::Duration> ParseRetryAfter(absl::string_view value,
                                              absl::Time now) {
  value = absl::StripAsciiWhitespace(value);
  if (!value.empty() &&
      std::all_of(value.begin(), value.end(), absl::ascii_isdigit)) {
    int64_t seconds = 0;
    // What does not fit is long all the same.
    if (!absl::SimpleAtoi(value, &seconds)) return kLongest;
    return Bounded(absl::Seconds(seconds));
  }
  const std::optional<absl::Time> date = ParseHttpDate(value);
  if (!date) return std::nullopt;
  return Bounded(*date - now);
}

}  // namespace bursar

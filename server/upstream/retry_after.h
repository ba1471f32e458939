// When a server asks to be called again (RFC 9110 section 10.2.3). Pure.

#ifndef BURSAR_SERVER_UPSTREAM_RETRY_AFTER_H_
#define BURSAR_SERVER_UPSTREAM_RETRY_AFTER_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar {

/// The delay that a Retry-After header's value asks for, in seconds or as a
/// date in any of the three forms of RFC 9110 section 5.6.7. Never negative,
/// and never believed past a day. Nothing if the value is neither.
std::optional<absl::Duration> ParseRetryAfter(absl::string_view value,
                                              absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_RETRY_AFTER_H_

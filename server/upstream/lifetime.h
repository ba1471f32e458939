// How long what an answer brings lives. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_LIFETIME_H_
#define BURSAR_SERVER_UPSTREAM_LIFETIME_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "absl/time/time.h"
#include "server/core/provider.h"

namespace bursar {

/// The lifetime that `object` states, never past the provider's maximum. Zero
/// if it states one that is none: zero, negative, or not a number.
///
/// `expires_in_sec` is always seconds, and comes before `expires_in`, which is
/// then milliseconds. `expires_in`, a number or one in quotes, counts in the
/// descriptor's unit; but more "seconds" than a day has are milliseconds.
/// Without either: the descriptor's default.
absl::Duration LifetimeOf(const nlohmann::json& object,
                          const Provider& provider);

/// The member `name`, a number or one in quotes: zero if it is none. Nothing if
/// it is missing or null.
std::optional<double> NumberMember(const nlohmann::json& object,
                                   const char* name);

/// `number` units; more "seconds" than a day has are milliseconds.
absl::Duration DurationOf(double number, absl::Duration unit);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_LIFETIME_H_

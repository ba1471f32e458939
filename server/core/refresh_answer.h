// What a flight that has landed tells each of those who waited for it: its
// need is its own, not the leader's. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_REFRESH_ANSWER_H_
#define BURSAR_SERVER_CORE_REFRESH_ANSWER_H_

#include <optional>

#include "absl/time/time.h"
#include "server/core/freshness.h"
#include "server/core/refresh_flight.h"
#include "server/core/token_source.h"

namespace bursar {

/// The answer for whoever has that need, or nothing if it must ask afresh.
std::optional<TokenSource::Answer> AnswerOf(const RefreshFlight& flight,
                                            const Need& need, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REFRESH_ANSWER_H_

// What is known of one refresh under way. Plain data, in the hands of one
// callback at a time.

#ifndef BURSAR_SERVER_CORE_REFRESH_FLIGHT_H_
#define BURSAR_SERVER_CORE_REFRESH_FLIGHT_H_

#include <optional>

#include "absl/status/status.h"
#include "server/core/freshness.h"
#include "server/core/ledger_types.h"
#include "server/core/provider.h"
#include "server/core/token_choice.h"
#include "server/core/types.h"

namespace bursar {

struct RefreshFlight {
  /// How it ended.
  enum class End {
    kDecided,  ///< Without asking the provider.
    kFresh,    ///< With a new token.
    kFailed,   ///< With `refusal`.
    kAgain,    ///< Overtaken by a change: whoever waits asks afresh.
  };

  GrantId id;
  /// Of whoever leads it.
  Need need;
  Actor actor;
  /// As read at the beginning.
  Grant grant;
  Client client;
  const Provider* provider = nullptr;
  /// Set when the provider is to be asked.
  std::optional<RefreshLease> lease;
  /// As far as the flight knows.
  IssuedTokens tokens;
  End end = End::kDecided;
  absl::Status refusal;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REFRESH_FLIGHT_H_

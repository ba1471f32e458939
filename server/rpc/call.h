// What is known of a call that was let in. Plain data.

#ifndef BURSAR_SERVER_RPC_CALL_H_
#define BURSAR_SERVER_RPC_CALL_H_

#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar {

struct Call {
  Actor actor;
  absl::Time now;
  /// The policy lets the caller have tokens of certain scopes alone.
  bool is_bound = false;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CALL_H_

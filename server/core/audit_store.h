// Port: the ends of the chain of events, as a role of the Ledger (ledger.h).

#ifndef BURSAR_SERVER_CORE_AUDIT_STORE_H_
#define BURSAR_SERVER_CORE_AUDIT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/event_chain.h"

namespace bursar {

/// The chain as it was when the transaction began.
struct ChainEnds {
  /// What the marks are signed for.
  std::string public_key;
  ChainMark head;
  /// Nothing while no event was ever removed.
  std::optional<ChainMark> cut;
};

/// What one cut took away. Zeros where there was nothing to remove.
struct RemovedEvents {
  int64_t first = 0;
  int64_t last = 0;
};

class AuditStore {
 public:
  virtual ~AuditStore() = default;

  virtual absl::StatusOr<ChainEnds> Ends() = 0;

  /// Removes the oldest events up to a checkpoint that is not newer than
  /// `before`, a few thousand at most, and signs that it did. The newest event
  /// always stays. Must return DATA_LOSS, removing nothing, if what is to go is
  /// not what was recorded: that would destroy the evidence.
  virtual absl::StatusOr<RemovedEvents> Remove(absl::Time before) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_AUDIT_STORE_H_

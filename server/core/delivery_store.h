// Port: what was counted of deliveries, as a role of the Ledger (ledger.h).

#ifndef BURSAR_SERVER_CORE_DELIVERY_STORE_H_
#define BURSAR_SERVER_CORE_DELIVERY_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/deliveries.h"
#include "server/core/ledger_types.h"
#include "server/core/types.h"

namespace bursar {

/// All that a caller ever got of a grant's tokens, since it was last forgotten.
struct DeliveryRecord {
  Delivery delivery;
  UserId user;
  ClientName client;
  /// The grant's, now.
  int64_t generation = 0;
};

struct DeliveryFilter {
  std::optional<Actor> caller;
  std::optional<GrantId> grant;
};

class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;

  /// Adds to what was counted. Does nothing for a grant that there is not.
  /// Returns the records that an event must tell of, and takes them for told:
  /// those of new pairs, and those that were last told of `interval` or longer
  /// ago.
  virtual absl::StatusOr<std::vector<DeliveryRecord>> Add(
      const std::vector<Delivery>& deliveries, absl::Duration interval,
      absl::Time now) = 0;

  /// In the order in which the pairs came to be.
  virtual absl::StatusOr<Page<DeliveryRecord>> List(
      const DeliveryFilter& filter, const PageRequest& page) = 0;

  /// Forgets the pairs whose last delivery was before `before`.
  virtual absl::Status Forget(absl::Time before) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_DELIVERY_STORE_H_

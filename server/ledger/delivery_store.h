// What was counted of deliveries, in an SQLite ledger. Belongs to one
// connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_DELIVERY_STORE_H_
#define BURSAR_SERVER_LEDGER_DELIVERY_STORE_H_

#include <optional>
#include <vector>

#include "server/core/delivery_store.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteDeliveryStore final : public DeliveryStore {
 public:
  explicit SqliteDeliveryStore(const StoreContext& context)
      : context_(context) {}

  absl::StatusOr<std::vector<DeliveryRecord>> Add(
      const std::vector<Delivery>& deliveries, absl::Duration interval,
      absl::Time now) override;
  absl::StatusOr<Page<DeliveryRecord>> List(const DeliveryFilter& filter,
                                            const PageRequest& page) override;
  absl::Status Forget(absl::Time before) override;

 private:
  absl::Status AddOne(const Delivery& delivery);
  absl::StatusOr<std::optional<DeliveryRecord>> TellIfDue(
      const Delivery& delivery, absl::Duration interval, absl::Time now);

  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_DELIVERY_STORE_H_

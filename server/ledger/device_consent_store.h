// Consents of devices in an SQLite ledger. Belongs to one connection and its
// thread.

#ifndef BURSAR_SERVER_LEDGER_DEVICE_CONSENT_STORE_H_
#define BURSAR_SERVER_LEDGER_DEVICE_CONSENT_STORE_H_

#include <vector>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteDeviceConsentStore final : public DeviceConsentStore {
 public:
  explicit SqliteDeviceConsentStore(const StoreContext& context)
      : context_(context) {}

  absl::Status Put(const PendingDeviceConsent& consent,
                   absl::Time now) override;
  absl::StatusOr<DeviceConsent> Get(const DeviceConsentId& id) override;
  absl::StatusOr<std::vector<PendingDeviceConsent>> Pending(int limit) override;
  absl::StatusOr<bool> Reschedule(const PendingDeviceConsent& consent,
                                  absl::Time was) override;
  absl::StatusOr<bool> End(const DeviceConsentId& id,
                           const DeviceConsentEnd& end,
                           absl::Time now) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_DEVICE_CONSENT_STORE_H_

// Pending consents in an SQLite ledger. Belongs to one connection and its
// thread.

#ifndef BURSAR_SERVER_LEDGER_CONSENT_STORE_H_
#define BURSAR_SERVER_LEDGER_CONSENT_STORE_H_

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteConsentStore final : public ConsentStore {
 public:
  explicit SqliteConsentStore(const StoreContext& context)
      : context_(context) {}

  absl::Status Put(const PendingConsent& consent, absl::Time now) override;
  absl::StatusOr<TakenConsent> Take(const Secret& state,
                                    absl::Time now) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_CONSENT_STORE_H_

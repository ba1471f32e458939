// The outbox of revocations in an SQLite ledger. Belongs to one connection and
// its thread.

#ifndef BURSAR_SERVER_LEDGER_REVOCATION_STORE_H_
#define BURSAR_SERVER_LEDGER_REVOCATION_STORE_H_

#include <optional>
#include <vector>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteRevocationStore final : public RevocationStore {
 public:
  explicit SqliteRevocationStore(const StoreContext& context)
      : context_(context) {}

  absl::StatusOr<std::vector<PendingRevocation>> Due(absl::Time now,
                                                     int limit) override;
  absl::StatusOr<std::optional<absl::Time>> NextDue() override;
  absl::Status Settle(int64_t refresh_token_number, RevocationState state,
                      absl::Time now) override;
  absl::Status Postpone(int64_t refresh_token_number,
                        absl::Time retry_at) override;
  absl::StatusOr<Page<RevocationProgress>> List(
      const RevocationFilter& filter, const PageRequest& page) override;
  absl::StatusOr<int64_t> Hasten(const RevocationFilter& filter,
                                 absl::Time now) override;
  absl::StatusOr<int64_t> CountPending() override;

 private:
  absl::StatusOr<PendingRevocation> Read(const Statement& row);
  absl::Status ReadSecrets(const Statement& row, PendingRevocation& pending);

  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_REVOCATION_STORE_H_

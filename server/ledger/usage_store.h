// Counts of refresh tokens in an SQLite ledger. Belongs to one connection and
// its thread.

#ifndef BURSAR_SERVER_LEDGER_USAGE_STORE_H_
#define BURSAR_SERVER_LEDGER_USAGE_STORE_H_

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteUsageStore final : public UsageStore {
 public:
  explicit SqliteUsageStore(const StoreContext& context) : context_(context) {}

  absl::StatusOr<Page<Usage>> List(const UsageFilter& filter,
                                   const PageRequest& page) override;
  absl::StatusOr<Page<RefreshTokenRecord>> RefreshTokens(
      const GrantId& grant, const PageRequest& page) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_USAGE_STORE_H_

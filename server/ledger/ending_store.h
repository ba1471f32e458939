// How grants end in an SQLite ledger. Belongs to one connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_ENDING_STORE_H_
#define BURSAR_SERVER_LEDGER_ENDING_STORE_H_

#include <cstdint>
#include <vector>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteEndingStore final : public EndingStore {
 public:
  explicit SqliteEndingStore(const StoreContext& context) : context_(context) {}

  absl::StatusOr<std::vector<Grant>> Revoke(const RevocationTarget& target,
                                            absl::Time now) override;
  absl::Status Supersede(const GrantId& grant, const GrantId& by,
                         bool revoke_upstream, absl::Time now) override;
  absl::Status Expire(const GrantId& grant, DeadReason reason,
                      absl::Time now) override;
  absl::Status PresumeEvicted(const GrantId& grant, absl::Time now) override;

 private:
  absl::Status RevokeOne(int64_t grant, absl::Time now);

  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_ENDING_STORE_H_

// The steps of a refresh in an SQLite ledger. Belongs to one connection and its
// thread.

#ifndef BURSAR_SERVER_LEDGER_REFRESH_STORE_H_
#define BURSAR_SERVER_LEDGER_REFRESH_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteRefreshStore final : public RefreshStore {
 public:
  explicit SqliteRefreshStore(const StoreContext& context)
      : context_(context) {}

  absl::StatusOr<RefreshLease> Begin(const GrantId& grant, int64_t generation,
                                     absl::Time now) override;
  absl::StatusOr<int64_t> Commit(const RefreshLease& lease,
                                 const Granted& granted,
                                 const std::optional<Grant::Pause>& pause,
                                 absl::Time now) override;
  absl::Status Fail(const RefreshLease& lease, const RefreshFailure& failure,
                    absl::Time now) override;
  absl::StatusOr<std::vector<Grant>> Unanswered(const ProviderName& provider,
                                                absl::Time since,
                                                int limit) override;

 private:
  absl::Status CountUse(int64_t grant, int64_t generation,
                        const Granted& granted, absl::Time now);
  absl::Status Advance(int64_t grant, int64_t generation, const Scopes& asked,
                       const AccessToken& token, absl::Time now);
  absl::Status Rotate(int64_t grant, int64_t generation, const Secret& token,
                      absl::Time now);
  absl::Status KeepToRevoke(int64_t grant, const RefreshLease& lease,
                            const Granted& granted, absl::Time now);
  absl::Status Kill(int64_t grant, DeadReason reason, absl::Time now);
  absl::Status CountFailure(int64_t grant, const Grant::Pause& pause);

  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_REFRESH_STORE_H_

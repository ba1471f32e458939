// What providers count, in an SQLite ledger. Belongs to one connection and its
// thread.

#ifndef BURSAR_SERVER_LEDGER_LIMIT_STORE_H_
#define BURSAR_SERVER_LEDGER_LIMIT_STORE_H_

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteLimitStore final : public LimitStore {
 public:
  explicit SqliteLimitStore(const StoreContext& context) : context_(context) {}

  absl::StatusOr<LimitCount> Count(const Limit& limit,
                                   const LimitSubject& subject,
                                   absl::Time now) override;
  absl::Status Note(Counted counted, const LimitSubject& subject,
                    absl::Duration remembered, absl::Time now) override;
  absl::Status Settle(const GrantId& grant, absl::Time now) override;
  absl::Status TakeBack(const GrantId& grant) override;
  absl::StatusOr<std::optional<GrantId>> NextEvicted(
      const Limit& cap, const LimitSubject& subject) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_LIMIT_STORE_H_

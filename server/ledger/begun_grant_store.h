// Who began the consents of the grants in an SQLite ledger. Belongs to one
// connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_BEGUN_GRANT_STORE_H_
#define BURSAR_SERVER_LEDGER_BEGUN_GRANT_STORE_H_

#include "server/core/begun_grant_store.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteBegunGrantStore final : public BegunGrantStore {
 public:
  explicit SqliteBegunGrantStore(const StoreContext& context)
      : context_(context) {}

  absl::StatusOr<Page<BegunGrant>> List(const PageRequest& page) override;
  absl::StatusOr<BegunGrant> Get(const GrantId& id) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_BEGUN_GRANT_STORE_H_

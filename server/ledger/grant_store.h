// The grants in an SQLite ledger. Belongs to one connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_GRANT_STORE_H_
#define BURSAR_SERVER_LEDGER_GRANT_STORE_H_

#include <optional>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteGrantStore final : public GrantStore {
 public:
  explicit SqliteGrantStore(const StoreContext& context) : context_(context) {}

  absl::Status Add(const NewGrant& grant, absl::Time now) override;
  absl::StatusOr<Grant> Get(const GrantId& id) override;
  absl::StatusOr<Page<Grant>> List(const GrantFilter& filter,
                                   const PageRequest& page) override;
  absl::StatusOr<std::vector<KeptToken>> Tokens(const GrantId& id) override;
  absl::StatusOr<TokenOwner> OwnerOf(const Secret& token) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_GRANT_STORE_H_

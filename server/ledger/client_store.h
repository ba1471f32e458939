// The clients in an SQLite ledger. Belongs to one connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_CLIENT_STORE_H_
#define BURSAR_SERVER_LEDGER_CLIENT_STORE_H_

#include <optional>
#include <string>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteClientStore final : public ClientStore {
 public:
  explicit SqliteClientStore(const StoreContext& context) : context_(context) {}

  absl::StatusOr<Client> Create(const Client& client,
                                const std::optional<Secret>& secret,
                                absl::Time now) override;
  absl::StatusOr<Client> Get(const ClientName& name) override;
  absl::StatusOr<Page<Client>> List(const ClientFilter& filter,
                                    const PageRequest& page) override;
  absl::StatusOr<Client> Update(const Client& client, absl::Time now) override;
  absl::Status Delete(const ClientName& name, absl::Time now) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_CLIENT_STORE_H_

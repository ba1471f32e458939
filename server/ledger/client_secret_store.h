// What clients present themselves with, in an SQLite ledger. Belongs to one
// connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_CLIENT_SECRET_STORE_H_
#define BURSAR_SERVER_LEDGER_CLIENT_SECRET_STORE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteClientSecretStore final : public ClientSecretStore {
 public:
  explicit SqliteClientSecretStore(const StoreContext& context)
      : context_(context) {}

  absl::StatusOr<std::optional<Secret>> Get(
      const ClientName& name, const DataCenter& data_center) override;
  absl::StatusOr<Client> Replace(const ClientName& name,
                                 const DataCenter& data_center,
                                 const Secret& secret, absl::Time now) override;
  absl::StatusOr<Client> Remove(const ClientName& name,
                                const DataCenter& data_center,
                                absl::Time now) override;
  absl::Status MarkMisconfigured(const ClientName& name,
                                 const DataCenter& data_center,
                                 int64_t revision, const std::string& detail,
                                 absl::Time now) override;

 private:
  absl::Status ReplaceShared(int64_t client, const Secret& secret);
  absl::Status ReplaceOwn(int64_t client, const DataCenter& data_center,
                          const Secret& secret);
  absl::StatusOr<Client> Changed(int64_t client, absl::Time now);

  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_CLIENT_SECRET_STORE_H_

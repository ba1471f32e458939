// API keys in an SQLite ledger. Belongs to one connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_API_KEY_STORE_H_
#define BURSAR_SERVER_LEDGER_API_KEY_STORE_H_

#include <vector>

#include "server/core/api_key_store.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteApiKeyStore final : public ApiKeyStore {
 public:
  explicit SqliteApiKeyStore(const StoreContext& context) : context_(context) {}

  absl::Status Add(const KnownApiKey& key) override;
  absl::StatusOr<std::vector<KnownApiKey>> Living(absl::Time now) override;
  absl::StatusOr<Page<ApiKey>> List(const PageRequest& page) override;
  absl::StatusOr<ApiKey> Revoke(const ApiKeyId& id, absl::Time now) override;
  absl::Status NoteUse(const ApiKeyId& id, absl::Time when) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_API_KEY_STORE_H_

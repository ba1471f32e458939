// The ends of the chain of events in an SQLite ledger. Belongs to one
// connection and its thread.

#ifndef BURSAR_SERVER_LEDGER_AUDIT_STORE_H_
#define BURSAR_SERVER_LEDGER_AUDIT_STORE_H_

#include "absl/status/status.h"
#include "server/core/audit_store.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteAuditStore final : public AuditStore {
 public:
  explicit SqliteAuditStore(const StoreContext& context) : context_(context) {}

  absl::StatusOr<ChainEnds> Ends() override;
  absl::StatusOr<RemovedEvents> Remove(absl::Time before) override;

  /// Signs the newest event if this transaction appended it. Once at the end of
  /// each, so that a signature costs a flush and not an event.
  absl::Status SignHead();

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_AUDIT_STORE_H_

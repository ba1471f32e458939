// The record of events in an SQLite ledger. Belongs to one connection and its
// thread.

#ifndef BURSAR_SERVER_LEDGER_EVENT_STORE_H_
#define BURSAR_SERVER_LEDGER_EVENT_STORE_H_

#include "server/core/ledger.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteEventStore final : public EventStore {
 public:
  explicit SqliteEventStore(const StoreContext& context) : context_(context) {}

  absl::Status Append(const Event& event) override;
  absl::StatusOr<Page<Event>> List(const EventFilter& filter,
                                   const PageRequest& page) override;

 private:
  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_EVENT_STORE_H_

// What the log says of statuses that nobody gave a reason: of many only some,
// as any caller may know a call that ends with one. Thread-safe.

#ifndef BURSAR_SERVER_RPC_UNEXPECTED_STATUSES_H_
#define BURSAR_SERVER_RPC_UNEXPECTED_STATUSES_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/base/log_budget.h"

namespace bursar {

class UnexpectedStatuses {
 public:
  /// Logs `status` with its text, or leaves it out.
  void Tell(const absl::Status& status, absl::Time now);

 private:
  LogBudget budget_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_UNEXPECTED_STATUSES_H_

// Counts all that is sealed, by key: in short reads, so that others' come in
// between. Thread-safe. Borrows journal and executor, which must outlive what
// was begun.

#ifndef BURSAR_SERVER_CORE_KEY_CENSUS_H_
#define BURSAR_SERVER_CORE_KEY_CENSUS_H_

#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "server/base/executor.h"
#include "server/core/journal.h"
#include "server/core/resealing_store.h"

namespace bursar {

class KeyCensus {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<SealedCounts>)>;

  KeyCensus(Journal& journal, Executor& executor)
      : journal_(journal), executor_(executor) {}

  /// What is sealed anew meanwhile may be counted twice, under both keys.
  void Take(Done done);

 private:
  struct Walk;

  void GoOn(std::shared_ptr<Walk> walk);

  Journal& journal_;
  Executor& executor_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_KEY_CENSUS_H_

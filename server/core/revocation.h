// How grants end: dead here first, durably; then revoked at the provider, tried
// until it confirms. Thread-safe. Dependencies are borrowed and must outlive
// this object, the executor's tasks included.

#ifndef BURSAR_SERVER_CORE_REVOCATION_H_
#define BURSAR_SERVER_CORE_REVOCATION_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/journal.h"
#include "server/core/token_cache.h"
#include "server/core/upstream.h"
#include "server/core/wake_up.h"

namespace bursar {

class Revocation {
 public:
  /// What a caller names: a set of grants, or a token whose grant is meant.
  using Target = std::variant<GrantId, std::pair<UserId, ClientName>, UserId,
                              ClientName, std::shared_ptr<const Secret>>;

  using RevokedDone =
      absl::AnyInvocable<void(absl::StatusOr<std::vector<GrantId>>)>;

  Revocation(Journal& journal, Upstream& upstream, TokenCache& cache,
             Executor& executor, const Clock& clock);

  /// Ends the grants, durably, and drops their tokens; then tells the provider,
  /// which `done` does not wait for. Ending what has ended is no error. Refuses
  /// with kResourceNotFound (grant, client or token).
  void Revoke(Target target, Actor actor, absl::Time now, RevokedDone done);

  /// Sends the pending revocations that `filter` selects now, whatever they
  /// wait for; tells how many were not due yet.
  void Retry(RevocationFilter filter, absl::Time now,
             absl::AnyInvocable<void(absl::StatusOr<int64_t>)> done);

  /// Sends every revocation that is due, and sees to the later ones. Call it at
  /// start, and after each write that may have left one pending.
  void Pump();

  /// How many were pending when the outbox was looked at last.
  int64_t pending() const { return pending_; }

 private:
  void Send(PendingRevocation pending);
  void Settle(const PendingRevocation& pending, RevokeResult result);
  Journal& journal_;
  Upstream& upstream_;
  TokenCache& cache_;
  const Clock& clock_;
  WakeUp next_pump_;
  std::atomic<int64_t> pending_{0};

  std::mutex mutex_;
  // Guarded by mutex_: what is on its way to the provider, so that two pumps at
  // once do not send it twice.
  absl::flat_hash_set<int64_t> sending_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REVOCATION_H_

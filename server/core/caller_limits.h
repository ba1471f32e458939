// How much each caller uses of the server, kept within the policy's limits, so
// that one which runs wild harms itself alone. In memory, bounded. Thread-safe.

#ifndef BURSAR_SERVER_CORE_CALLER_LIMITS_H_
#define BURSAR_SERVER_CORE_CALLER_LIMITS_H_

#include <array>
#include <cstddef>
#include <memory>
#include <shared_mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/access_policy.h"
#include "server/core/types.h"

namespace bursar {

class CallerLimits {
  struct Caller;

 public:
  /// One call that is being answered; its end when it goes.
  class Pass {
   public:
    Pass() = default;
    Pass(Pass&&) noexcept = default;
    Pass& operator=(Pass&& other) noexcept;
    ~Pass();

   private:
    friend class CallerLimits;
    explicit Pass(std::shared_ptr<Caller> caller);

    std::shared_ptr<Caller> caller_;  // Null: no call's.
  };

  /// Keeps count of about `capacity` callers. Those beyond, while none of the
  /// others rests, share one count.
  explicit CallerLimits(std::size_t capacity);

  /// Lets a call of `actor` in, or refuses with kCallerThrottled and when to
  /// come again.
  absl::StatusOr<Pass> Admit(const Actor& actor, const CallerLimit& limit,
                             absl::Time now);

  /// Counts a call that insists on a new token of the provider's, or refuses as
  /// Admit does.
  absl::Status CountRefresh(const Actor& actor, const CallerLimit& limit,
                            absl::Time now);

 private:
  static constexpr std::size_t kShards = 16;

  struct Shard {
    std::shared_mutex mutex;
    absl::flat_hash_map<std::string, std::shared_ptr<Caller>> callers;
  };

  std::shared_ptr<Caller> CallerOf(const Actor& actor, absl::Time now);

  const std::size_t shard_capacity_;
  const std::shared_ptr<Caller> others_;
  std::array<Shard, kShards> shards_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_CALLER_LIMITS_H_

// Which caller got which grant's token, counted in memory: the hot path takes a
// shard's shared lock and adds to an atomic. What is counted is folded into the
// ledger at intervals (delivery_folds.h). Thread-safe.

#ifndef BURSAR_SERVER_CORE_DELIVERIES_H_
#define BURSAR_SERVER_CORE_DELIVERIES_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar {

/// How often a caller got tokens of a grant.
struct Delivery {
  Actor caller;
  GrantId grant;
  int64_t count = 0;
  absl::Time first;
  absl::Time last;
};

class Deliveries {
 public:
  /// Remembers about `capacity` pairs of a caller and a grant. One more calls
  /// `full`, which should fold soon: no count is ever dropped, so that until
  /// then there are more. Their number is bounded all the same, by the callers
  /// and the tokens that the cache serves while the ledger is down. `full` is
  /// called on the thread of whoever notes, and must not keep it waiting.
  explicit Deliveries(
      std::size_t capacity, std::function<void()> full = [] {});

  /// `caller` is about to get a token of `grant`.
  void Note(const Actor& caller, const GrantId& grant, absl::Time now);

  /// Who got tokens of the grant since the start, in no order. Callers that
  /// were crowded out are in the ledger alone (DeliveryStore).
  std::vector<Actor> CallersOf(const GrantId& grant) const;

  /// What was counted since the last Take, a delivery for each pair. Of more
  /// pairs than the capacity, those that were idle since then are crowded out.
  std::vector<Delivery> Take();

  /// Counts again what was taken and could not be folded.
  void PutBack(const std::vector<Delivery>& taken);

 private:
  static constexpr std::size_t kShards = 16;

  /// Since the last Take. Times are microseconds since 1970.
  struct Count {
    std::atomic<int64_t> count{0};
    std::atomic<int64_t> first{0};
    std::atomic<int64_t> last{0};
  };
  // Pointers stay when the map grows.
  using Counts = absl::flat_hash_map<Actor, std::unique_ptr<Count>>;
  struct Shard {
    mutable std::shared_mutex mutex;
    absl::flat_hash_map<GrantId, Counts> grants;
  };

  Shard& ShardOf(const GrantId& grant);
  const Shard& ShardOf(const GrantId& grant) const;
  // Wants the shard's mutex held.
  void TakeFrom(Shard& shard, bool crowded, std::vector<Delivery>& taken);
  // Whether the pair is new.
  bool Add(const Actor& caller, const GrantId& grant, int64_t count,
           int64_t first, int64_t last);

  const std::size_t capacity_;
  const std::function<void()> full_;
  std::atomic<std::size_t> pairs_{0};
  std::array<Shard, kShards> shards_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_DELIVERIES_H_

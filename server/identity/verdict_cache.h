// Verdicts on what callers showed, found by a keyed digest of it, so that
// nothing here is of use to a caller. Bounded; each verdict ends by itself.
// Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_VERDICT_CACHE_H_
#define BURSAR_SERVER_IDENTITY_VERDICT_CACHE_H_

#include <array>
#include <cstddef>
#include <optional>
#include <shared_mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar {

class VerdictCache {
 public:
  using Verdict = absl::StatusOr<Actor>;

  /// Keeps at most about `capacity` verdicts, at least one a shard.
  explicit VerdictCache(std::size_t capacity);

  /// The verdict kept for `digest`, if it stands at `now`.
  std::optional<Verdict> Find(const std::string& digest, absl::Time now) const;

  /// Keeps it until `until`. Where there is no room, one that has ended makes
  /// it, or else any.
  void Put(const std::string& digest, Verdict verdict, absl::Time until,
           absl::Time now);

 private:
  static constexpr std::size_t kShards = 16;

  struct Kept {
    Verdict verdict;
    absl::Time until;
  };
  struct Shard {
    mutable std::shared_mutex mutex;
    absl::flat_hash_map<std::string, Kept> kept;  // Guarded by mutex.
  };

  static std::size_t IndexOf(const std::string& digest);

  const std::size_t capacity_;  // Of a shard.
  std::array<Shard, kShards> shards_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_VERDICT_CACHE_H_

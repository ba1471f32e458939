// Living tokens in memory, for callers who ask again: found without a lock that
// all keys share, without disk, and with one hash. Bounded. Thread-safe.

#ifndef BURSAR_SERVER_CORE_TOKEN_CACHE_H_
#define BURSAR_SERVER_CORE_TOKEN_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/core/token_source.h"

namespace bursar {

class TokenCache {
 public:
  /// What a token is kept under: what its caller asked for.
  struct Key {
    UserId user;
    ClientName client;
    Scopes scopes;

    friend bool operator==(const Key& a, const Key& b) = default;
    template <typename H>
    friend H AbslHashValue(H h, const Key& key) {
      return H::combine(std::move(h), key.user, key.client, key.scopes.names());
    }
  };

  /// Keeps at most about `capacity` tokens.
  explicit TokenCache(std::size_t capacity);

  /// The token under the key of `request`, or null. It may have expired.
  std::shared_ptr<const IssuedToken> Find(const TokenRequest& request) const;

  /// A mark to take before a token is fetched and to hand to Put with it.
  uint64_t Epoch() const { return epoch_.load(std::memory_order_acquire); }

  /// Keeps `token`, unless something was forgotten since `epoch`: then the
  /// token may be one of those, and is fetched again by whoever asks next. A
  /// newer generation drops the older ones of its grant under every key.
  void Put(const TokenRequest& request,
           std::shared_ptr<const IssuedToken> token, uint64_t epoch);

  /// Drops every token of the grant.
  void Forget(const GrantId& grant);

 private:
  static constexpr std::size_t kShards = 16;

  struct Shard {
    mutable std::shared_mutex mutex;
    absl::flat_hash_map<Key, std::shared_ptr<const IssuedToken>> tokens;
  };
  /// The keys under which a grant's newest known generation is kept.
  struct Kept {
    int64_t generation = 0;
    std::vector<Key> keys;
  };

  Shard& ShardOf(const Key& key) const;
  void Drop(const Kept& kept);
  void MakeRoom();

  const std::size_t capacity_;
  std::atomic<uint64_t> epoch_{0};
  mutable std::array<Shard, kShards> shards_;

  // Taken by writers alone, before any shard's.
  std::mutex grants_mutex_;
  absl::flat_hash_map<GrantId, Kept> grants_;
  std::size_t size_ = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_TOKEN_CACHE_H_

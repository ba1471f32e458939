// Living tokens in memory, for callers who ask again: found without a lock that
// all keys share, without disk, and with one hash. Bounded. Thread-safe.

#ifndef BURSAR_SERVER_CORE_TOKEN_CACHE_H_
#define BURSAR_SERVER_CORE_TOKEN_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/core/token_source.h"

namespace bursar {

class TokenCache {
 public:
  /// Keeps at most about `capacity` tokens.
  explicit TokenCache(std::size_t capacity);

  /// The token kept under `key`, or null. It may have expired.
  std::shared_ptr<const IssuedToken> Find(const TokenKey& key) const;

  /// A mark to take before a token is fetched and to hand to Put with it.
  uint64_t Epoch() const { return epoch_.load(std::memory_order_acquire); }

  /// Keeps `token`, unless something was forgotten since `epoch`: then the
  /// token may be one of those, and is fetched again by whoever asks next. A
  /// newer generation drops the older ones of its grant and scopes under every
  /// key.
  void Put(const TokenKey& key, std::shared_ptr<const IssuedToken> token,
           uint64_t epoch);

  /// Drops every token of the grant.
  void Forget(const GrantId& grant);

 private:
  static constexpr std::size_t kShards = 16;

  struct Shard {
    mutable std::shared_mutex mutex;
    absl::flat_hash_map<TokenKey, std::shared_ptr<const IssuedToken>> tokens;
  };
  /// The keys under which the newest known generation of a grant's tokens for
  /// the same scopes is kept.
  struct Variant {
    Scopes scopes;
    int64_t generation = 0;
    std::vector<TokenKey> keys;
  };
  struct Kept {
    std::vector<Variant> variants;
    std::list<GrantId>::iterator turn;
  };
  using KeptByGrant = absl::flat_hash_map<GrantId, Kept>;

  Shard& ShardOf(const TokenKey& key) const;
  // These want grants_mutex_ held.
  Kept& KeptOf(const GrantId& grant);
  Variant& VariantOf(Kept& kept, const IssuedToken& token);
  void DropKeys(const GrantId& grant, Variant& variant);
  void DropAll(KeptByGrant::iterator grant);

  const std::size_t capacity_;
  std::atomic<uint64_t> epoch_{0};
  mutable std::array<Shard, kShards> shards_;

  // Taken by writers alone, before any shard's.
  std::mutex grants_mutex_;
  KeptByGrant grants_;
  std::list<GrantId> turns_;  // Whose generation is oldest goes first.
  std::size_t size_ = 0;      // Keys in grants_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_TOKEN_CACHE_H_

#include "server/core/token_cache.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"

namespace bursar {

TokenCache::TokenCache(std::size_t capacity) : capacity_(capacity) {}

TokenCache::Shard& TokenCache::ShardOf(const TokenKey& key) const {
  // The map uses the low bits of the same hash: take others.
  return shards_[(absl::HashOf(key) >> 40) % kShards];
}

std::shared_ptr<const IssuedToken> TokenCache::Find(const TokenKey& key) const {
  const Shard& shard = ShardOf(key);
  const std::shared_lock lock(shard.mutex);
  const auto found = shard.tokens.find(key);
  return found == shard.tokens.end() ? nullptr : found->second;
}

void TokenCache::Put(const TokenKey& key,
                     std::shared_ptr<const IssuedToken> token, uint64_t epoch) {
  const std::lock_guard lock(grants_mutex_);
  if (epoch != epoch_.load(std::memory_order_relaxed)) return;
  const GrantId grant = token->grant;
  Kept& kept = KeptOf(grant, token->generation);
  if (kept.generation > token->generation) return;  // A slower caller's.
  if (std::find(kept.keys.begin(), kept.keys.end(), key) == kept.keys.end()) {
    kept.keys.push_back(key);
    ++size_;
  }
  {
    Shard& shard = ShardOf(key);
    const std::lock_guard shard_lock(shard.mutex);
    shard.tokens.insert_or_assign(key, std::move(token));
  }
  while (size_ > capacity_ && !turns_.empty()) {
    const auto oldest = grants_.find(turns_.front());
    DropKeys(oldest->first, oldest->second);
    grants_.erase(oldest);
    turns_.pop_front();
  }
}

void TokenCache::Forget(const GrantId& grant) {
  const std::lock_guard lock(grants_mutex_);
  epoch_.fetch_add(1, std::memory_order_release);
  const auto found = grants_.find(grant);
  if (found == grants_.end()) return;
  DropKeys(grant, found->second);
  turns_.erase(found->second.turn);
  grants_.erase(found);
}

TokenCache::Kept& TokenCache::KeptOf(const GrantId& grant, int64_t generation) {
  const auto [entry, is_new] = grants_.try_emplace(grant);
  Kept& kept = entry->second;
  if (is_new) {
    kept.turn = turns_.insert(turns_.end(), grant);
  } else if (kept.generation < generation) {
    DropKeys(grant, kept);
    turns_.splice(turns_.end(), turns_, kept.turn);
  }
  kept.generation = std::max(kept.generation, generation);
  return kept;
}

void TokenCache::DropKeys(const GrantId& grant, Kept& kept) {
  for (const TokenKey& key : kept.keys) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.tokens.find(key);
    // Another grant's token may have taken the key over meanwhile.
    if (found != shard.tokens.end() && found->second->grant == grant) {
      shard.tokens.erase(found);
    }
  }
  size_ -= kept.keys.size();
  kept.keys.clear();
}

}  // namespace bursar

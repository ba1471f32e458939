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
  Variant& variant = VariantOf(KeptOf(token->grant), *token);
  if (variant.generation > token->generation) return;  // A slower caller's.
  if (std::find(variant.keys.begin(), variant.keys.end(), key) ==
      variant.keys.end()) {
    variant.keys.push_back(key);
    ++size_;
  }
  {
    Shard& shard = ShardOf(key);
    const std::lock_guard shard_lock(shard.mutex);
    shard.tokens.insert_or_assign(key, std::move(token));
  }
  while (size_ > capacity_ && !turns_.empty()) {
    DropAll(grants_.find(turns_.front()));
  }
}

void TokenCache::Forget(const GrantId& grant) {
  const std::lock_guard lock(grants_mutex_);
  epoch_.fetch_add(1, std::memory_order_release);
  const auto found = grants_.find(grant);
  if (found != grants_.end()) DropAll(found);
}

TokenCache::Kept& TokenCache::KeptOf(const GrantId& grant) {
  const auto [entry, is_new] = grants_.try_emplace(grant);
  if (is_new) entry->second.turn = turns_.insert(turns_.end(), grant);
  return entry->second;
}

TokenCache::Variant& TokenCache::VariantOf(Kept& kept,
                                           const IssuedToken& token) {
  auto variant = std::find_if(
      kept.variants.begin(), kept.variants.end(),
      [&](const Variant& v) { return v.scopes == token.token.scopes; });
  if (variant == kept.variants.end()) {
    kept.variants.push_back({token.token.scopes, token.generation, {}});
    return kept.variants.back();
  }
  if (variant->generation < token.generation) {
    DropKeys(token.grant, *variant);
    variant->generation = token.generation;
    turns_.splice(turns_.end(), turns_, kept.turn);
  }
  return *variant;
}

void TokenCache::DropKeys(const GrantId& grant, Variant& variant) {
  for (const TokenKey& key : variant.keys) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.tokens.find(key);
    // Another's token may have taken the key over meanwhile.
    if (found != shard.tokens.end() && found->second->grant == grant &&
        found->second->token.scopes == variant.scopes) {
      shard.tokens.erase(found);
    }
  }
  size_ -= variant.keys.size();
  variant.keys.clear();
}

void TokenCache::DropAll(KeptByGrant::iterator grant) {
  for (Variant& variant : grant->second.variants) {
    DropKeys(grant->first, variant);
  }
  turns_.erase(grant->second.turn);
  grants_.erase(grant);
}

}  // namespace bursar

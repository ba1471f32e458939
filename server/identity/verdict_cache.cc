#include "server/identity/verdict_cache.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace bursar {

VerdictCache::VerdictCache(std::size_t capacity)
    : capacity_(std::max<std::size_t>(capacity / kShards, 1)) {}

std::size_t VerdictCache::IndexOf(const std::string& digest) {
  return digest.empty() ? 0 : static_cast<unsigned char>(digest[0]) % kShards;
}

std::optional<VerdictCache::Verdict> VerdictCache::Find(
    const std::string& digest, absl::Time now) const {
  const Shard& shard = shards_[IndexOf(digest)];
  const std::shared_lock lock(shard.mutex);
  const auto found = shard.kept.find(digest);
  if (found == shard.kept.end() || found->second.until <= now) {
    return std::nullopt;
  }
  return found->second.verdict;
}

void VerdictCache::Put(const std::string& digest, Verdict verdict,
                       absl::Time until, absl::Time now) {
  if (until <= now) return;
  Shard& shard = shards_[IndexOf(digest)];
  const std::lock_guard lock(shard.mutex);
  if (shard.kept.size() >= capacity_ && !shard.kept.contains(digest)) {
    absl::erase_if(shard.kept, [now](const auto& entry) {
      return entry.second.until <= now;
    });
    if (shard.kept.size() >= capacity_) shard.kept.erase(shard.kept.begin());
  }
  shard.kept.insert_or_assign(digest, Kept{std::move(verdict), until});
}

}  // namespace bursar

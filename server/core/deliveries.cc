#include "server/core/deliveries.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "absl/hash/hash.h"

namespace bursar {
namespace {

void Raise(std::atomic<int64_t>& value, int64_t to) {
  int64_t seen = value.load(std::memory_order_relaxed);
  while (seen < to &&
         !value.compare_exchange_weak(seen, to, std::memory_order_relaxed)) {
  }
}

}  // namespace

Deliveries::Deliveries(std::size_t capacity, std::function<void()> full)
    : capacity_(capacity), full_(std::move(full)) {}

Deliveries::Shard& Deliveries::ShardOf(const GrantId& grant) {
  // The map uses the low bits of the same hash: take others.
  return shards_[(absl::HashOf(grant) >> 40) % kShards];
}

const Deliveries::Shard& Deliveries::ShardOf(const GrantId& grant) const {
  return shards_[(absl::HashOf(grant) >> 40) % kShards];
}

void Deliveries::Note(const Actor& caller, const GrantId& grant,
                      absl::Time now) {
  const int64_t micros = absl::ToUnixMicros(now);
  {
    Shard& shard = ShardOf(grant);
    const std::shared_lock lock(shard.mutex);
    const auto counts = shard.grants.find(grant);
    if (counts != shard.grants.end()) {
      const auto found = counts->second.find(caller);
      if (found != counts->second.end()) {
        Count& count = *found->second;
        if (count.count.fetch_add(1, std::memory_order_relaxed) == 0) {
          count.first.store(micros, std::memory_order_relaxed);
        }
        Raise(count.last, micros);
        return;
      }
    }
  }
  if (Add(caller, grant, 1, micros, micros) && pairs_ > capacity_) full_();
}

bool Deliveries::Add(const Actor& caller, const GrantId& grant, int64_t count,
                     int64_t first, int64_t last) {
  Shard& shard = ShardOf(grant);
  const std::lock_guard lock(shard.mutex);
  std::unique_ptr<Count>& known = shard.grants[grant][caller];
  const bool is_new = known == nullptr;
  if (is_new) {
    known = std::make_unique<Count>();
    ++pairs_;
  }
  if (known->count == 0 || known->first > first) known->first = first;
  known->count += count;
  Raise(known->last, last);
  return is_new;
}

std::vector<Actor> Deliveries::CallersOf(const GrantId& grant) const {
  std::vector<Actor> callers;
  const Shard& shard = ShardOf(grant);
  const std::shared_lock lock(shard.mutex);
  const auto counts = shard.grants.find(grant);
  if (counts == shard.grants.end()) return callers;
  callers.reserve(counts->second.size());
  for (const auto& [caller, count] : counts->second) callers.push_back(caller);
  return callers;
}

std::vector<Delivery> Deliveries::Take() {
  std::vector<Delivery> taken;
  const bool crowded = pairs_ > capacity_;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    TakeFrom(shard, crowded, taken);
  }
  return taken;
}

void Deliveries::TakeFrom(Shard& shard, bool crowded,
                          std::vector<Delivery>& taken) {
  for (auto& [grant, counts] : shard.grants) {
    for (auto& [caller, count] : counts) {
      if (count->count == 0) continue;
      taken.push_back({caller, grant, count->count,
                       absl::FromUnixMicros(count->first),
                       absl::FromUnixMicros(count->last)});
    }
    if (crowded) {
      pairs_ -= absl::erase_if(
          counts, [](const auto& pair) { return pair.second->count == 0; });
    }
    for (auto& [caller, count] : counts) count->count = 0;
  }
  if (crowded) {
    absl::erase_if(shard.grants,
                   [](const auto& grant) { return grant.second.empty(); });
  }
}

void Deliveries::PutBack(const std::vector<Delivery>& taken) {
  for (const Delivery& delivery : taken) {
    Add(delivery.caller, delivery.grant, delivery.count,
        absl::ToUnixMicros(delivery.first), absl::ToUnixMicros(delivery.last));
  }
}

}  // namespace bursar

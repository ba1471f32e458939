#include "server/core/caller_limits.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// A call that ends makes room, and most end soon.
constexpr absl::Duration kInFlightPatience = absl::Seconds(1);

absl::Status CallerThrottled(absl::string_view what,
                             absl::Duration retry_after) {
  return ToStatus(
      {Reason::kCallerThrottled, std::string(what), retry_after, {}, {}});
}

// A bucket of tokens as one number: when it will be full again (the generic
// cell rate algorithm), so that taking one is a compare-and-swap.
class Bucket {
 public:
  /// Takes one of `burst`, of which one grows each `interval`. Otherwise says
  /// how long until there is one.
  absl::Duration Take(absl::Duration interval, int64_t burst, absl::Time now) {
    const int64_t at = absl::ToUnixNanos(now);
    const int64_t each = absl::ToInt64Nanoseconds(interval);
    int64_t full = full_at_.load(std::memory_order_relaxed);
    while (true) {
      // What lies further ahead than an empty bucket can is of a clock that was
      // set back since.
      const int64_t start = std::clamp(full, at, at + burst * each);
      const int64_t room_at = start + each - burst * each;
      const bool has_room = room_at <= at;
      if (full_at_.compare_exchange_weak(full, has_room ? start + each : start,
                                         std::memory_order_relaxed)) {
        return absl::Nanoseconds(has_room ? 0 : room_at - at);
      }
    }
  }

  bool IsFull(absl::Time now) const {
    return full_at_.load(std::memory_order_relaxed) <= absl::ToUnixNanos(now);
  }

 private:
  std::atomic<int64_t> full_at_{0};
};

}  // namespace

struct CallerLimits::Caller {
  Bucket calls;
  Bucket refreshes;
  std::atomic<int64_t> in_flight{0};

  // Forgotten, it is as good as new.
  bool Rests(absl::Time now) const {
    return in_flight.load() == 0 && calls.IsFull(now) && refreshes.IsFull(now);
  }
};

CallerLimits::Pass::Pass(std::shared_ptr<Caller> caller)
    : caller_(std::move(caller)) {
  caller_->in_flight.fetch_add(1);
}

CallerLimits::Pass& CallerLimits::Pass::operator=(Pass&& other) noexcept {
  std::swap(caller_, other.caller_);
  return *this;
}

CallerLimits::Pass::~Pass() {
  if (caller_ != nullptr) caller_->in_flight.fetch_sub(1);
}

CallerLimits::CallerLimits(std::size_t capacity)
    : shard_capacity_(std::max<std::size_t>(capacity / kShards, 1)),
      others_(std::make_shared<Caller>()) {}

absl::StatusOr<CallerLimits::Pass> CallerLimits::Admit(const Actor& actor,
                                                       const CallerLimit& limit,
                                                       absl::Time now) {
  Pass pass(CallerOf(actor, now));
  Caller& caller = *pass.caller_;
  if (caller.in_flight.load() > limit.in_flight) {
    return CallerThrottled(
        "as many calls of yours are being answered as you may have at once",
        kInFlightPatience);
  }
  const absl::Duration wait = caller.calls.Take(
      absl::Seconds(1) / limit.calls_per_second, limit.burst, now);
  if (wait > absl::ZeroDuration()) {
    return CallerThrottled("you make more calls a second than you may", wait);
  }
  return pass;
}

absl::Status CallerLimits::CountRefresh(const Actor& actor,
                                        const CallerLimit& limit,
                                        absl::Time now) {
  const absl::Duration wait =
      CallerOf(actor, now)
          ->refreshes.Take(absl::Minutes(1) / limit.refreshes_per_minute,
                           limit.refreshes_per_minute, now);
  if (wait == absl::ZeroDuration()) return absl::OkStatus();
  return CallerThrottled("you insist on new tokens more often than you may",
                         wait);
}

std::shared_ptr<CallerLimits::Caller> CallerLimits::CallerOf(const Actor& actor,
                                                             absl::Time now) {
  Shard& shard = shards_[(absl::HashOf(actor.value()) >> 40) % kShards];
  {
    const std::shared_lock lock(shard.mutex);
    const auto found = shard.callers.find(actor.value());
    if (found != shard.callers.end()) return found->second;
  }
  const std::lock_guard lock(shard.mutex);
  if (shard.callers.size() >= shard_capacity_) {
    absl::erase_if(shard.callers, [&](const auto& entry) {
      // Whoever else holds it is about to count a call.
      return entry.second.use_count() == 1 && entry.second->Rests(now);
    });
  }
  if (shard.callers.size() >= shard_capacity_) return others_;
  std::shared_ptr<Caller>& caller = shard.callers[actor.value()];
  if (caller == nullptr) caller = std::make_shared<Caller>();
  return caller;
}

}  // namespace bursar

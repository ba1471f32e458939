#include "server/base/log_budget.h"

#include <algorithm>
#include <utility>

namespace bursar {

std::optional<int64_t> LogBudget::Take(absl::string_view thing,
                                       absl::Time now) {
  const std::lock_guard lock(mutex_);
  if (HasRoom(thing, now)) return std::exchange(left_out_, 0);
  ++left_out_;
  return std::nullopt;
}

bool LogBudget::HasRoom(absl::string_view thing, absl::Time now) {
  // What began later than now did so by a clock that was set back since.
  if (now < period_start_ || now - period_start_ >= kPeriod) {
    written_.clear();
    period_start_ = now;
  }
  const auto found = written_.find(thing);
  if (found != written_.end() && found->second >= kOfOneThing) return false;
  const absl::Time latest = now + kAtOnce * kOneMoreEach;
  full_at_ = std::clamp(full_at_, now, latest);
  if (full_at_ + kOneMoreEach > latest) return false;
  full_at_ += kOneMoreEach;
  ++written_[thing];
  return true;
}

}  // namespace bursar

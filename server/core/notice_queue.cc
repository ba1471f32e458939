#include "server/core/notice_queue.h"

#include <utility>

#include "absl/time/time.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::Status FellBehind() {
  return ToStatus({Reason::kWatchFellBehind,
                   "this watcher reads too slowly: watch again, naming the "
                   "grants whose tokens are held",
                   absl::ZeroDuration(),
                   {},
                   {}});
}

}  // namespace

void NoticeQueue::Tell(Item item) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    const bool was_empty = waiting_.empty();
    if (waiting_.size() < capacity_) {
      waiting_.push_back(std::move(item));
    } else {
      EndLocked(FellBehind());
    }
    if (!was_empty) return;
  }
  wake_();
}

void NoticeQueue::End(absl::Status why) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    EndLocked(std::move(why));
  }
  wake_();
}

std::optional<NoticeQueue::Item> NoticeQueue::Take() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return std::nullopt;
  Item item = std::move(waiting_.front());
  waiting_.pop_front();
  return item;
}

void NoticeQueue::EndLocked(absl::Status why) {
  waiting_.clear();
  waiting_.emplace_back(std::move(why));
  ended_ = true;
}

}  // namespace bursar

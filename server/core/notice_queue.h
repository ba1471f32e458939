// What one watcher has still to be told, in order. Bounded: a watcher that does
// not keep up is ended rather than remembered for. Shared by whoever tells and
// whoever passes it on. Thread-safe.

#ifndef BURSAR_SERVER_CORE_NOTICE_QUEUE_H_
#define BURSAR_SERVER_CORE_NOTICE_QUEUE_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>

#include "absl/status/status.h"
#include "server/core/revocation_notice.h"

namespace bursar {

class NoticeQueue {
 public:
  /// All that was dead when the watch began has been told.
  struct Synced {};
  /// The end is a refusal, the last that a queue gives.
  using Item = std::variant<RevocationNotice, Synced, absl::Status>;

  /// Holds `capacity` items at most. `wake` is called, on the thread of whoever
  /// tells, when there is something to take and there was nothing before.
  NoticeQueue(std::size_t capacity, std::function<void()> wake)
      : capacity_(capacity), wake_(std::move(wake)) {}

  /// Ends the queue with kWatchFellBehind if it is full.
  void Tell(Item item);

  /// Drops what waits: whoever watches again says what it holds, and learns of
  /// it. The first end counts; nothing comes after it.
  void End(absl::Status why);

  /// The next item, or nothing for now.
  std::optional<Item> Take();

 private:
  // Wants mutex_ held.
  void EndLocked(absl::Status why);

  const std::size_t capacity_;
  const std::function<void()> wake_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::deque<Item> waiting_;
  bool ended_ = false;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_NOTICE_QUEUE_H_

// How much of the log goes to what strangers do, so that nobody who can merely
// connect fills the disk with it: the first lines about each thing, and a few a
// second about all of them. What is left out is counted. Owned by whoever
// writes the lines; in memory, bounded. Thread-safe.

#ifndef BURSAR_SERVER_BASE_LOG_BUDGET_H_
#define BURSAR_SERVER_BASE_LOG_BUDGET_H_

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar {

class LogBudget {
 public:
  /// How many lines one thing gets in a period, so that whoever goes on and on
  /// leaves room for others.
  static constexpr int kOfOneThing = 5;
  static constexpr absl::Duration kPeriod = absl::Minutes(1);
  /// How many lines all of them get at once, and how soon one more after that.
  static constexpr int kAtOnce = 20;
  static constexpr absl::Duration kOneMoreEach = absl::Milliseconds(500);

  /// Whether a line about `thing` is to be written at `now`: then how many were
  /// left out since the one before, which it is to say. Nothing: this one is
  /// left out as well.
  std::optional<int64_t> Take(absl::string_view thing, absl::Time now);

 private:
  bool HasRoom(absl::string_view thing, absl::Time now);

  std::mutex mutex_;
  // Guarded by mutex_. Things of the period that got a line, and how many: no
  // more than all get lines.
  absl::flat_hash_map<std::string, int> written_;
  absl::Time period_start_ = absl::InfinitePast();
  /// When there is room for kAtOnce again.
  absl::Time full_at_ = absl::InfinitePast();
  int64_t left_out_ = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_LOG_BUDGET_H_

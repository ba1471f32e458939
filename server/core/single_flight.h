// Many ask for the same thing at once; one goes for it, and all get what it
// brings. A waiter is a callback, not a blocked thread, and giving up does not
// turn the flight back: the provider may have rotated the token already.
// Thread-safe.

#ifndef BURSAR_SERVER_CORE_SINGLE_FLIGHT_H_
#define BURSAR_SERVER_CORE_SINGLE_FLIGHT_H_

#include <mutex>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace bursar {

template <typename Key, typename Waiter>
class SingleFlight {
 public:
  /// Joins the flight for `key`. True: there was none, and the caller leads it:
  /// it must call Land in the end.
  bool Join(const Key& key, Waiter waiter) {
    const std::lock_guard lock(mutex_);
    const auto [flight, is_new] = flights_.try_emplace(key);
    flight->second.push_back(std::move(waiter));
    return is_new;
  }

  /// Ends the flight and hands out all who wait: whoever joins from now on
  /// leads a new one.
  std::vector<Waiter> Land(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto flight = flights_.find(key);
    std::vector<Waiter> waiters = std::move(flight->second);
    flights_.erase(flight);
    return waiters;
  }

  /// Hands out all who wait so far; the flight goes on.
  std::vector<Waiter> Release(const Key& key) {
    const std::lock_guard lock(mutex_);
    return std::exchange(flights_.find(key)->second, {});
  }

 private:
  std::mutex mutex_;
  absl::flat_hash_map<Key, std::vector<Waiter>> flights_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_SINGLE_FLIGHT_H_

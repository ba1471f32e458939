// The fetches that are under way, and who waits for each: whoever asks for what
// is being fetched already joins. Owned by a TokenService. Thread-safe; runs no
// callback itself.

#ifndef BURSAR_CLIENT_FLIGHTS_H_
#define BURSAR_CLIENT_FLIGHTS_H_

#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/retrying_call.h"
#include "client/token.h"
#include "client/token_key.h"
#include "client/token_table.h"

namespace bursar::client {

/// Somebody who wants a token.
struct Waiter {
  absl::Duration min_ttl;
  RetryingCall::Deadline deadline;
  absl::AnyInvocable<void(absl::StatusOr<std::shared_ptr<const Token>>)> done;
  /// Whether it joined somebody else's flight before, which failed.
  bool joined = false;
};

/// One fetch.
struct Flight {
  TokenKey key;
  absl::Duration min_ttl;
  std::optional<RefusedToken> refused;
  RetryingCall::Deadline deadline;
  /// Nobody waits for it yet; it is made ahead of need.
  bool ahead = false;

  // Guarded by Flights; all the above is set once.
  std::vector<Waiter> waiters = {};
  std::shared_ptr<RetryingCall> call = nullptr;
  bool forgotten = false;
};

class Flights {
 public:
  using FlightPtr = std::shared_ptr<Flight>;

  /// Adds `waiter` to a flight that brings what it wants. Where there is none,
  /// makes one and returns it, for the caller to lead.
  FlightPtr Join(const TokenKey& key,
                 const std::optional<RefusedToken>& refused, Waiter waiter);

  /// A flight ahead of need, to lead; null if anything is under way for `key`.
  FlightPtr Ahead(const TokenTable::Due& due, RetryingCall::Deadline deadline);

  /// `call` is what `flight` waits for now: cancelled at Close.
  void Attach(const FlightPtr& flight, std::shared_ptr<RetryingCall> call);

  /// Ends the flight: who waited for it, first come first.
  std::vector<Waiter> Land(const FlightPtr& flight);

  /// What is under way for `key` is joined no more, and not kept.
  void Forget(const TokenKey& key);
  bool Forgotten(const FlightPtr& flight) const;

  /// Cancels every call, now and from now on.
  void Close();

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  absl::flat_hash_map<TokenKey, std::vector<FlightPtr>> flights_;
  bool closed_ = false;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_FLIGHTS_H_

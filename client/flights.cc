#include "client/flights.h"

#include <algorithm>

namespace bursar::client {

Flights::FlightPtr Flights::Join(const TokenKey& key,
                                 const std::optional<RefusedToken>& refused,
                                 Waiter waiter) {
  const std::lock_guard lock(mutex_);
  std::vector<FlightPtr>& flights = flights_[key];
  for (const FlightPtr& flight : flights) {
    // Equal, not merely long enough: the broker refuses what no token of the
    // provider lives up to, and that refusal must not hit who asked for less.
    const bool lasts = flight->ahead || flight->min_ttl == waiter.min_ttl;
    if (lasts && flight->refused == refused && !flight->forgotten) {
      flight->waiters.push_back(std::move(waiter));
      return nullptr;
    }
  }
  auto flight = std::make_shared<Flight>(
      Flight{key, waiter.min_ttl, refused, waiter.deadline});
  flight->waiters.push_back(std::move(waiter));
  flights.push_back(flight);
  return flight;
}

Flights::FlightPtr Flights::Ahead(const TokenTable::Due& due,
                                  RetryingCall::Deadline deadline) {
  const std::lock_guard lock(mutex_);
  std::vector<FlightPtr>& flights = flights_[due.key];
  if (!flights.empty()) return nullptr;
  flights.push_back(std::make_shared<Flight>(
      Flight{due.key, due.min_ttl, std::nullopt, deadline, true}));
  return flights.back();
}

void Flights::Attach(const FlightPtr& flight,
                     std::shared_ptr<RetryingCall> call) {
  const std::lock_guard lock(mutex_);
  flight->call = std::move(call);
  if (closed_) flight->call->Cancel();
}

std::vector<Waiter> Flights::Land(const FlightPtr& flight) {
  const std::lock_guard lock(mutex_);
  const auto found = flights_.find(flight->key);
  std::vector<FlightPtr>& flights = found->second;
  flights.erase(std::find(flights.begin(), flights.end(), flight));
  if (flights.empty()) flights_.erase(found);
  flight->call = nullptr;
  return std::move(flight->waiters);
}

void Flights::Forget(const TokenKey& key) {
  const std::lock_guard lock(mutex_);
  const auto found = flights_.find(key);
  if (found == flights_.end()) return;
  for (const FlightPtr& flight : found->second) flight->forgotten = true;
}

bool Flights::Forgotten(const FlightPtr& flight) const {
  const std::lock_guard lock(mutex_);
  return flight->forgotten;
}

void Flights::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (const auto& [key, flights] : flights_) {
    for (const FlightPtr& flight : flights) {
      if (flight->call) flight->call->Cancel();
    }
  }
}

}  // namespace bursar::client

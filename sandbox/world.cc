#include "sandbox/world.h"

#include <algorithm>

namespace bursar::sandbox {

std::string Provider::LocationOf(absl::string_view user) const {
  for (const TestUser& known : persona.users) {
    if (known.name == user) return known.location;
  }
  return persona.home();
}

bool Provider::HasDataCenter(absl::string_view location) const {
  return std::any_of(
      persona.data_centers.begin(), persona.data_centers.end(),
      [&](const DataCenter& known) { return known.location == location; });
}

void Provider::MoveUser(TestUser user) {
  std::erase_if(persona.users,
                [&](const TestUser& known) { return known.name == user.name; });
  persona.users.push_back(std::move(user));
}

absl::StatusOr<Client> Provider::Register(Registration registration) {
  if (registration.data_centers.empty()) {
    for (const auto& [location, url] : urls) {
      registration.data_centers.push_back(location);
    }
  }
  return clients.Register(std::move(registration), issuer);
}

bool Provider::RemoveClient(absl::string_view id, absl::Time now) {
  if (!clients.Remove(id)) return false;
  tokens.RevokeAll("", id, now);
  return true;
}

}  // namespace bursar::sandbox

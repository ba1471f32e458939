// Everything one simulated provider knows, behind one mutex that is held for
// the few microseconds of a rule and never while something waits. Its data
// centres are doors to the same knowledge: each has a World, and they share.

#ifndef BURSAR_SANDBOX_WORLD_H_
#define BURSAR_SANDBOX_WORLD_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/clients.h"
#include "sandbox/consents.h"
#include "sandbox/devices.h"
#include "sandbox/faults.h"
#include "sandbox/issuer.h"
#include "sandbox/persona.h"
#include "sandbox/tokens.h"
#include "server/base/clock.h"
#include "server/base/random.h"

namespace bursar::sandbox {

/// How often what was called.
struct Counts {
  std::map<std::string, int64_t> calls;
  std::map<std::string, std::map<std::string, int64_t>> calls_by_client;
  int64_t throttled = 0;
};

/// The provider's state and rules; reached through World::With alone.
struct Provider {
  Provider(Persona its_persona, Random& random)
      : persona(std::move(its_persona)), issuer(random) {}

  Persona persona;
  /// The data centres that are served, and where, without a trailing slash.
  std::map<std::string, std::string> urls;
  /// The data centre at which the call came that is being answered.
  std::string here;
  Issuer issuer;
  Clients clients;
  Consents consents;
  Tokens tokens;
  Devices devices;
  Counts counts;

  const std::string& url() const { return urls.at(here); }

  /// The data centre that keeps the data of `user`.
  std::string LocationOf(absl::string_view user) const;

  /// Whether that is where the call came that is being answered. Elsewhere
  /// nothing of a user is known, neither what they gave access to.
  bool Keeps(absl::string_view user) const { return LocationOf(user) == here; }

  /// Whether the provider has it, served or not.
  bool HasDataCenter(absl::string_view location) const;

  /// Adds a user, or moves a known one.
  void MoveUser(TestUser user);

  /// As Clients::Register. A client that names no data centres is known at all
  /// that are served.
  absl::StatusOr<Client> Register(Registration registration);

  /// Deletes a client with everything it was given; false if there is none.
  bool RemoveClient(absl::string_view id, absl::Time now);
};

class World {
 public:
  /// The persona's home. `clock` and `random` outlive this object.
  World(Persona persona, const Clock& clock, Random& random)
      : shared_(std::make_shared<Shared>(std::move(persona), clock, random)),
        location_(shared_->provider.persona.home()) {}

  /// Another data centre of the same provider.
  World(const World& home, std::string location)
      : shared_(home.shared_), location_(std::move(location)) {}

  /// Runs `rule(Provider&, absl::Time now)` alone, at the sandbox's time.
  template <typename Rule>
  auto With(Rule&& rule) {
    const std::lock_guard lock(shared_->mutex);
    shared_->provider.here = location_;
    return std::forward<Rule>(rule)(shared_->provider,
                                    shared_->clock.Now() + shared_->offset);
  }

  /// Lets time pass. The sandbox's clock is the machine's and all of these.
  void Advance(absl::Duration by) {
    const std::lock_guard lock(shared_->mutex);
    shared_->offset += by;
  }

  /// Locks by itself.
  Faults& faults() { return shared_->faults; }

 private:
  struct Shared {
    Shared(Persona persona, const Clock& its_clock, Random& random)
        : clock(its_clock), provider(std::move(persona), random) {}

    const Clock& clock;
    Faults faults;
    std::mutex mutex;
    absl::Duration offset = absl::ZeroDuration();
    Provider provider;
  };

  const std::shared_ptr<Shared> shared_;
  const std::string location_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_WORLD_H_

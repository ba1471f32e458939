// Everything one simulated provider knows, behind one mutex that is held for
// the few microseconds of a rule and never while something waits.

#ifndef BURSAR_SANDBOX_WORLD_H_
#define BURSAR_SANDBOX_WORLD_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

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
  /// Where it is reached, without a trailing slash; "" until it listens.
  std::string url;
  Issuer issuer;
  Clients clients;
  Consents consents;
  Tokens tokens;
  Devices devices;
  Counts counts;
};

class World {
 public:
  /// `clock` and `random` outlive this object.
  World(Persona persona, const Clock& clock, Random& random)
      : clock_(clock), provider_(std::move(persona), random) {}

  /// Runs `rule(Provider&, absl::Time now)` alone, at the sandbox's time.
  template <typename Rule>
  auto With(Rule&& rule) {
    const std::lock_guard lock(mutex_);
    return std::forward<Rule>(rule)(provider_, clock_.Now() + offset_);
  }

  /// Lets time pass. The sandbox's clock is the machine's and all of these.
  void Advance(absl::Duration by) {
    const std::lock_guard lock(mutex_);
    offset_ += by;
  }

  /// Locks by itself.
  Faults& faults() { return faults_; }

 private:
  const Clock& clock_;
  Faults faults_;
  std::mutex mutex_;
  absl::Duration offset_ = absl::ZeroDuration();
  Provider provider_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_WORLD_H_

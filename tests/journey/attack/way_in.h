// The ways in that must be shut, each with what whoever tries it shows. Plain
// data; no locking.

#ifndef BURSAR_TESTS_JOURNEY_ATTACK_WAY_IN_H_
#define BURSAR_TESTS_JOURNEY_ATTACK_WAY_IN_H_

#include <ostream>
#include <string>
#include <vector>

#include "tests/journey/attack/rpc.h"
#include "tests/journey/attack/stronghold.h"

namespace bursar::journey {

/// Where a way in ends.
enum class Barred {
  kAtTheHandshake,  ///< No connection comes about.
  kUnknown,         ///< UNAUTHENTICATED: nobody knows who that is.
  kNotAllowed,      ///< PERMISSION_DENIED: known, and may not.
};

struct WayIn {
  /// Part of the test's name.
  const char* name;
  Barred barred;
  /// Whether it is one where that RPC is concerned.
  bool (*concerns)(const Rpc& rpc);
  Credentials (*credentials)(Stronghold& stronghold);
};

/// All of them.
const std::vector<WayIn>& WaysIn();

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_ATTACK_WAY_IN_H_

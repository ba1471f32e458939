// Every RPC of the broker's, out of its own definitions, so that one that is
// added is attacked too. Thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_ATTACK_RPC_H_
#define BURSAR_TESTS_JOURNEY_ATTACK_RPC_H_

#include <ostream>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "tests/journey/harness/api.h"

namespace bursar::journey {

struct Rpc {
  const google::protobuf::MethodDescriptor* method;

  /// Such as "TokenBroker_GetToken".
  std::string Name() const;
  /// Such as "/bursar.v1.TokenBroker/GetToken".
  std::string Path() const;
  /// Whether only operators may call it.
  bool IsOperators() const;
  friend void PrintTo(const Rpc& rpc, std::ostream* out) { *out << rpc.Path(); }

  /// Whether it begins something new for a user, which any caller may for any.
  bool Begins() const;
};

/// Those of the package bursar.v1.
std::vector<Rpc> EveryRpc();

/// Those that are not streams.
std::vector<Rpc> EveryRpcThatAnswersOnce();

/// A request that is well-formed and about this user, client and grant, as far
/// as it has fields for them.
std::string RequestAbout(const Rpc& rpc, const std::string& user,
                         const std::string& client, const std::string& grant);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_ATTACK_RPC_H_

#include "server/rpc/caller.h"

#include <string>

#include "absl/strings/match.h"
#include "grpcpp/security/auth_context.h"

namespace bursar {
namespace {

// In the order in which they name a workload best.
constexpr const char* kNames[] = {
    "peer_spiffe_id", "x509_subject_alternative_name", "x509_common_name"};

Actor FromCertificate(const grpc::AuthContext& context) {
  for (const char* name : kNames) {
    const auto values = context.FindPropertyValues(name);
    if (!values.empty() && !values[0].empty()) {
      return Actor(std::string(values[0].data(), values[0].size()));
    }
  }
  return Actor();
}

}  // namespace

absl::StatusOr<Actor> Authenticate(const grpc::ServerContextBase& context) {
  const auto transport = context.auth_context();
  if (transport != nullptr && transport->IsPeerAuthenticated()) {
    Actor actor = FromCertificate(*transport);
    if (!actor.empty()) return actor;
  }
  const std::string peer = context.peer();
  if (absl::StartsWith(peer, "unix:")) return Actor("unix");
  // gRPC percent-encodes the brackets of an IPv6 address.
  if (absl::StartsWith(peer, "ipv4:127.") ||
      absl::StartsWith(peer, "ipv6:%5B::1%5D:") ||
      absl::StartsWith(peer, "ipv6:[::1]:")) {
    return Actor("loopback");
  }
  return Actor("anonymous");
}

}  // namespace bursar

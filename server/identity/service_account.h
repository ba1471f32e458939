// Kubernetes service accounts as callers: what a token of a cluster must say,
// and who it makes of its bearer. Pure.

#ifndef BURSAR_SERVER_IDENTITY_SERVICE_ACCOUNT_H_
#define BURSAR_SERVER_IDENTITY_SERVICE_ACCOUNT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/types.h"
#include "server/identity/jwt.h"

namespace bursar {

/// Whose tokens are taken.
struct TokenIssuer {
  /// What the configuration calls it; part of its callers' identities.
  std::string cluster;
  /// The `iss` that its tokens carry.
  std::string issuer;
  /// Must be among a token's `aud`.
  std::string audience;
};

/// A caller, and how long that may be believed without asking again.
struct Identified {
  Actor actor;
  absl::Time until;
};

/// "kubernetes:CLUSTER/NAMESPACE/NAME" for a user name of the form
/// system:serviceaccount:NAMESPACE:NAME. Must return UNAUTHENTICATED for any
/// other.
absl::StatusOr<Actor> ServiceAccountNamed(absl::string_view username,
                                          const TokenIssuer& issuer);

/// Judges what a token says whose signature is good. Must return
/// UNAUTHENTICATED, with words for the log, unless it is this issuer's, for
/// this audience, has begun (clocks may be half a minute apart) and not ended
/// (of which nothing is forgiven), and speaks for a service account.
absl::StatusOr<Identified> JudgeClaims(const Jwt& token,
                                       const TokenIssuer& issuer,
                                       absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_SERVICE_ACCOUNT_H_

// Keeps each caller from insisting on new tokens of the provider's more often
// than the policy lets it: a service that starts over and over must not spend
// what its users may mint. Stands behind the cache, whose answers cost nothing.
// Thread-safe. Dependencies are borrowed and must outlive it.

#ifndef BURSAR_SERVER_CORE_REFRESH_BOUND_SOURCE_H_
#define BURSAR_SERVER_CORE_REFRESH_BOUND_SOURCE_H_

#include "server/core/caller_limits.h"
#include "server/core/policy_in_force.h"
#include "server/core/token_source.h"

namespace bursar {

class RefreshBoundSource final : public TokenSource {
 public:
  /// Whoever wants a token to live longer than this insists on a new one as
  /// surely as who names one that failed.
  static constexpr absl::Duration kOrdinaryTtl = absl::Minutes(10);

  RefreshBoundSource(TokenSource& inner, const PolicyInForce& policy,
                     CallerLimits& limits)
      : inner_(inner), policy_(policy), limits_(limits) {}

  void Get(const TokenRequest& request, absl::Time now, Done done) override;

 private:
  TokenSource& inner_;
  const PolicyInForce& policy_;
  CallerLimits& limits_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_REFRESH_BOUND_SOURCE_H_

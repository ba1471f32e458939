#include "server/core/refresh_bound_source.h"

#include <utility>

namespace bursar {

void RefreshBoundSource::Get(const TokenRequest& request, absl::Time now,
                             Done done) {
  if (request.failed || request.min_ttl > kOrdinaryTtl) {
    absl::Status counted = limits_.CountRefresh(
        request.actor, policy_.Get()->LimitOf(request.actor), now);
    if (!counted.ok()) return done(std::move(counted));
  }
  inner_.Get(request, now, std::move(done));
}

}  // namespace bursar

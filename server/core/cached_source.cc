#include "server/core/cached_source.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "server/core/freshness.h"
#include "server/core/issued_token.h"

namespace bursar {
namespace {

// What `request` needs of `token`'s grant, or nothing if only the ledger can
// tell: for a failed token named by its value, or another grant's.
std::optional<Need> NeedOf(const TokenRequest& request,
                           const IssuedToken& token) {
  Need need{request.min_ttl, std::nullopt};
  if (!request.failed) return need;
  const auto* failed = std::get_if<FailedGeneration>(&*request.failed);
  if (failed == nullptr || failed->grant != token.grant) return std::nullopt;
  need.failed_generation = failed->generation;
  return need;
}

}  // namespace

void CachedSource::Get(const TokenRequest& request, absl::Time now, Done done) {
  if (auto token = cache_.Find(request.key)) {
    const std::optional<Need> need = NeedOf(request, *token);
    if (need && Meets(*LifeOf(token), *need, now)) {
      return done(std::move(token));
    }
  }
  const uint64_t epoch = cache_.Epoch();
  inner_.Get(request, now,
             [this, key = request.key, epoch,
              done = std::move(done)](Answer answer) mutable {
               if (answer.ok()) cache_.Put(key, *answer, epoch);
               done(std::move(answer));
             });
}

}  // namespace bursar

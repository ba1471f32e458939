#include "server/core/withholding_source.h"

#include <utility>

#include "server/base/log.h"

namespace bursar {

void WithholdingSource::Get(const TokenRequest& request, absl::Time now,
                            Done done) {
  if (!request.is_bound) return inner_.Get(request, now, std::move(done));
  inner_.Get(request, now,
             [this, actor = request.actor, key = request.key,
              is_refresh = request.failed.has_value(),
              done = std::move(done)](Answer answer) mutable {
               if (answer.ok() &&
                   !MayHave(actor, key, is_refresh, (*answer)->token.scopes)) {
                 log::Warning("policy.token_withheld",
                              {{"actor", actor.value()},
                               {"client", key.client.value()},
                               {"grant", (*answer)->grant.value()}});
                 return done(PermissionDenied());
               }
               done(std::move(answer));
             });
}

bool WithholdingSource::MayHave(const Actor& actor, const TokenKey& key,
                                bool is_refresh, const Scopes& scopes) const {
  static const RpcMethod& get = *FindRpcMethod("TokenBroker.GetToken");
  static const RpcMethod& refresh = *FindRpcMethod("TokenBroker.Refresh");
  const Asked asked{is_refresh ? refresh : get,
                    key.client.value(),
                    key.user.value(),
                    {scopes.names().begin(), scopes.names().end()}};
  return policy_.Get()->Judge(actor, asked, [&] {
    return own_users_.Has(actor, key.user.value(), key.client.value());
  }) != nullptr;
}

}  // namespace bursar

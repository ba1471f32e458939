#include "server/core/withholding_source.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"

namespace bursar {

void WithholdingSource::Get(const TokenRequest& request, absl::Time now,
                            Done done) {
  if (!request.is_bound) return inner_.Get(request, now, std::move(done));
  inner_.Get(request, now,
             [this, now, actor = request.actor, key = request.key,
              is_refresh = request.failed.has_value(),
              done = std::move(done)](Answer answer) mutable {
               if (answer.ok() &&
                   !MayHave(actor, key, is_refresh, (*answer)->token.scopes)) {
                 Log(actor, key.client, (*answer)->grant, now);
                 return done(PermissionDenied());
               }
               done(std::move(answer));
             });
}

// A caller whose token is withheld may ask for it without end.
void WithholdingSource::Log(const Actor& actor, const ClientName& client,
                            const GrantId& grant, absl::Time now) {
  const auto left_out =
      budget_.Take(absl::StrCat(actor.value(), " ", grant.value()), now);
  if (!left_out) return;
  log::Warning("policy.token_withheld", {{"actor", actor.value()},
                                         {"client", client.value()},
                                         {"grant", grant.value()},
                                         {"left_out", *left_out}});
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

#include "server/rpc/gate.h"

#include <memory>
#include <utility>

#include "server/base/log.h"
#include "server/core/match.h"

namespace bursar {
namespace {

absl::Status Deny(const Actor& actor, absl::string_view method) {
  log::Debug("policy.denied", {{"actor", actor.value()}, {"rpc", method}});
  return PermissionDenied();
}

absl::StatusOr<BegunGrant> OwnerIn(Ledger& ledger, const NamedThing& named) {
  using Owner = absl::StatusOr<BegunGrant>;
  return std::visit(
      Match{
          [](std::monostate) -> Owner { return BegunGrant(); },
          [&](const GrantId& id) -> Owner {
            return ledger.begun_grants().Get(id);
          },
          [&](const DeviceConsentId& id) -> Owner {
            auto consent = ledger.device_consents().Get(id);
            if (!consent.ok()) return consent.status();
            return BegunGrant{consent->actor, consent->user, consent->client};
          },
          [&](const std::shared_ptr<const Secret>& token) -> Owner {
            auto owner = ledger.grants().OwnerOf(*token);
            if (!owner.ok()) return owner.status();
            return BegunGrant{Actor(), owner->user, owner->client};
          },
      },
      named);
}

}  // namespace

Gate::Opened Gate::Open(const Actor& actor, absl::string_view method,
                        const google::protobuf::Message& request,
                        absl::Time now) const {
  const Permission* permission = FindPermission(method);
  if (permission == nullptr) return {Deny(actor, method)};
  const RpcMethod& rpc = *permission->rpc;
  Question question = permission->read(rpc, request);
  const Asked& asked = question.asked;
  const std::shared_ptr<const AccessPolicy> policy = policy_.Get();
  const PolicyRule* rule = policy->Judge(actor, asked, [&] {
    return own_users_.Has(actor, asked.user, asked.client);
  });
  Opened opened;
  if (rule == nullptr) {
    const bool owner_may_tell =
        !std::holds_alternative<std::monostate>(question.named) &&
        policy->Knows(actor, rpc);
    if (!owner_may_tell) return {Deny(actor, method)};
    opened.owner = {&rpc, std::move(question.named)};
  }
  opened.is_bound = rpc.judges_scopes && rule != nullptr &&
                    rule->scopes.kind != NameClause::Kind::kAny;
  auto pass = limits_.Admit(actor, policy->LimitOf(actor), now);
  opened.status = pass.status();
  if (pass.ok()) opened.pass = *std::move(pass);
  return opened;
}

void Gate::JudgeOwner(const Actor& actor, const OwnerQuestion& question,
                      Done done) const {
  auto owner = std::make_shared<BegunGrant>();
  journal_.Read(
      [named = question.named, owner](Ledger& ledger) {
        auto found = OwnerIn(ledger, named);
        // Nobody's: judged all the same, so that it looks like another's.
        if (absl::IsNotFound(found.status())) found = BegunGrant();
        if (!found.ok()) return found.status();
        *owner = *std::move(found);
        return absl::OkStatus();
      },
      [this, actor, rpc = question.rpc, owner,
       done = std::move(done)](absl::Status status) mutable {
        if (!status.ok()) return done(std::move(status));
        const Asked asked{*rpc, owner->client.value(), owner->user.value()};
        const auto policy = policy_.Get();
        const bool began = owner->actor == actor;
        const bool may = policy->Judge(actor, asked, [&] {
          return own_users_.Has(actor, asked.user, asked.client) || began;
        }) != nullptr;
        done(may ? absl::OkStatus() : Deny(actor, rpc->name));
      });
}

}  // namespace bursar

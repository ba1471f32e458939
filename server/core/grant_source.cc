#include "server/core/grant_source.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "server/core/grants_of.h"
#include "server/core/issued_token.h"
#include "server/core/token_choice.h"

namespace bursar {
namespace {

// Why none of `grants` (newest first) yields a token for `scopes`.
absl::Status RefusalOfAll(const std::vector<Grant>& grants,
                          const Scopes& scopes, const ScopeGrammar& grammar) {
  const auto covering =
      std::find_if(grants.begin(), grants.end(), [&](const Grant& grant) {
        return Covers(grant.scopes, scopes, grammar);
      });
  if (covering != grants.end()) return RefusalOfState(*covering);
  const bool any_active = std::any_of(
      grants.begin(), grants.end(),
      [](const Grant& grant) { return grant.state == GrantState::kActive; });
  if (any_active) {
    return ConsentRequired("SCOPES_NOT_GRANTED",
                           "the user has not consented to all of the scopes: "
                           "they must consent to them (Grants.BeginConsent)");
  }
  return ConsentRequired("NO_GRANT",
                         "the user has not consented to this client: they must "
                         "(Grants.BeginConsent)");
}

// The failed token as a generation of one of this user's grants to this client.
absl::StatusOr<FailedGeneration> Resolve(const FailedToken& failed,
                                         const TokenKey& key, Ledger& ledger) {
  if (const auto* value = std::get_if<std::shared_ptr<const Secret>>(&failed)) {
    const auto owner = ledger.grants().OwnerOf(**value);
    const bool theirs = owner.ok() && owner->is_access_token &&
                        owner->user == key.user && owner->client == key.client;
    if (theirs) return FailedGeneration{owner->grant, owner->generation};
    if (!owner.ok() && !absl::IsNotFound(owner.status())) {
      return owner.status();
    }
    return FieldInvalid("failed_access_token",
                        "not a recent token of this user at this client");
  }
  const auto& named = std::get<FailedGeneration>(failed);
  const auto grant = ledger.grants().Get(named.grant);
  if (!grant.ok() && !absl::IsNotFound(grant.status())) return grant.status();
  if (!grant.ok() || grant->user != key.user || grant->client != key.client) {
    return NotFound("grant", "this user has no such grant to this client");
  }
  if (named.generation > grant->generation) {
    return FieldInvalid("failed_generation",
                        "newer than the grant's newest token");
  }
  return named;
}

}  // namespace

GrantSource::GrantSource(Journal& journal, Refresher& refresher,
                         const Providers& providers)
    : journal_(journal), refresher_(refresher), providers_(providers) {}

void GrantSource::Get(const TokenRequest& request, absl::Time now, Done done) {
  auto found = std::make_shared<Found>();
  journal_.Read(
      [this, request, now, found](Ledger& ledger) {
        return Find(request, now, ledger, *found);
      },
      [this, found, actor = request.actor,
       done = std::move(done)](absl::Status status) mutable {
        if (!status.ok()) return done(std::move(status));
        if (std::holds_alternative<UseNewest>(found->decision)) {
          return done(std::move(found->token));
        }
        if (const auto* refusal = std::get_if<absl::Status>(&found->decision)) {
          return done(*refusal);
        }
        refresher_.Refresh(found->grant, found->need, actor, std::move(done));
      });
}

absl::Status GrantSource::Find(const TokenRequest& request, absl::Time now,
                               Ledger& ledger, Found& found) const {
  const auto client = ledger.clients().Get(request.key.client);
  if (absl::IsNotFound(client.status())) {
    return NotFound("client", "no such client: see Clients.ListClients");
  }
  if (!client.ok()) return client.status();
  const Provider* provider = providers_.Find(client->provider);
  if (provider == nullptr) return RefusalOfMisconfiguration("PROVIDER");

  found.need = {request.min_ttl, std::nullopt};
  std::optional<Grant> grant;
  if (request.failed) {
    const auto failed = Resolve(*request.failed, request.key, ledger);
    if (!failed.ok()) return failed.status();
    auto named = ledger.grants().Get(failed->grant);
    if (!named.ok()) return named.status();
    // An ended grant's caller is served by whichever took its place.
    if (named->state == GrantState::kActive) {
      grant = *std::move(named);
      found.need.failed_generation = failed->generation;
    }
  }
  if (!grant) {
    auto picked = PickGrant(request, *provider, ledger);
    if (!picked.ok()) return picked.status();
    grant = *std::move(picked);
  }
  found.grant = grant->id;
  // Elsewhere every token has all of the grant's scopes.
  if (provider->narrows) {
    found.need.scopes =
        request.key.scopes.empty() ? grant->scopes : request.key.scopes;
  }

  auto tokens = ledger.grants().Tokens(grant->id);
  if (!tokens.ok()) return tokens.status();
  found.token = Choose(IssueAll(*grant, *std::move(tokens), *provider),
                       found.need, provider->scopes, now);
  found.decision =
      Decide(*grant, *client, LifeOf(found.token), found.need, now);
  return absl::OkStatus();
}

absl::StatusOr<Grant> GrantSource::PickGrant(const TokenRequest& request,
                                             const Provider& provider,
                                             Ledger& ledger) const {
  auto grants =
      GrantsOf(request.key.user, request.key.client, std::nullopt, ledger);
  if (!grants.ok()) return grants.status();
  // One that the provider has probably ended is asked about last.
  for (const bool presumed_evicted : {false, true}) {
    for (Grant& grant : *grants) {
      if (grant.state == GrantState::kActive &&
          grant.presumed_evicted == presumed_evicted &&
          Covers(grant.scopes, request.key.scopes, provider.scopes)) {
        return std::move(grant);
      }
    }
  }
  return RefusalOfAll(*grants, request.key.scopes, provider.scopes);
}

}  // namespace bursar

// How Consent gets a client a grant of its own.

#include <utility>

#include "server/core/consent.h"
#include "server/core/find_client.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::Status CheckCredentialsRule(const Exchange& exchange) {
  const auto& rule = exchange.provider->client_credentials;
  if (!rule) {
    return FieldInvalid("client",
                        "its provider gives a client no token of its own: a "
                        "user must consent (Grants.BeginConsent)");
  }
  if (!exchange.organization.empty() && rule->organization_parameter.empty()) {
    return FieldInvalid("organization", "the client's provider takes none");
  }
  return absl::OkStatus();
}

}  // namespace

void Consent::RequestClientCredentials(CredentialsRequest request,
                                       GrantDone done) {
  std::string organization = std::move(request.organization);
  const ExchangePtr exchange =
      StartExchange(std::move(request), std::move(done));
  exchange->renewal = GrantRenewal::kClientCredentials;
  exchange->organization = std::move(organization);
  journal_.Read(
      [this, exchange](Ledger& ledger) {
        const absl::Status prepared = Prepare(*exchange, ledger);
        if (!prepared.ok()) return prepared;
        auto scopes = ScopesOr(exchange->consent.scopes, exchange->client,
                               *exchange->provider);
        if (!scopes.ok()) return scopes.status();
        exchange->consent.scopes = *std::move(scopes);
        return CheckCredentialsRule(*exchange);
      },
      [this, exchange](absl::Status status) {
        if (!status.ok()) return exchange->done(std::move(status));
        upstream_.RequestClientCredentials(
            exchange->Identity(), exchange->consent.scopes,
            exchange->organization, [this, exchange](RedeemResult result) {
              maker_.Finish(exchange, std::move(result));
            });
      });
}

}  // namespace bursar

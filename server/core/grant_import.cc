// How Consent makes a grant of a refresh token that was there already.

#include <utility>

#include "server/core/consent.h"

namespace bursar {

void Consent::Import(ImportRequest request, GrantDone done) {
  Secret refresh_token = std::move(request.refresh_token);
  const ExchangePtr exchange =
      StartExchange(std::move(request), std::move(done));
  exchange->success = event::kGrantImported;
  exchange->imported = std::move(refresh_token);
  journal_.Read(
      [this, exchange](Ledger& ledger) {
        return PrepareImport(*exchange, ledger);
      },
      [this, exchange](absl::Status status) {
        if (!status.ok()) return exchange->done(std::move(status));
        upstream_.RedeemRefreshToken(
            exchange->Identity(), exchange->imported, exchange->consent.scopes,
            [this, exchange](RedeemResult result) {
              maker_.Finish(exchange, std::move(result));
            });
      });
}

absl::Status Consent::PrepareImport(Exchange& exchange, Ledger& ledger) const {
  const absl::Status prepared = Prepare(exchange, ledger);
  if (!prepared.ok()) return prepared;
  exchange.consent.redirect_uri = exchange.client.redirect_uri.empty()
                                      ? options_.callback_uri
                                      : exchange.client.redirect_uri;
  const auto owner = ledger.grants().OwnerOf(exchange.imported);
  if (owner.ok()) return TokenHeldAlready();
  return absl::IsNotFound(owner.status()) ? absl::OkStatus() : owner.status();
}

}  // namespace bursar

#include "server/core/redirect.h"

#include <utility>

#include "absl/strings/string_view.h"
#include "server/core/freshness.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// When a provider that could not serve a user may be able to.
constexpr absl::Duration kProviderPatience = absl::Minutes(2);

absl::Status StateUnusable(absl::string_view why) {
  return ToStatus({Reason::kStateUnusable,
                   "the consent cannot be completed: its state is unknown, "
                   "used, expired or another's; begin again",
                   {},
                   {},
                   {{"why", std::string(why)}}});
}

// RFC 9207 section 2.4: it may be another server's answer, brought here to have
// its code sent to this one.
bool IsOfIssuer(const Redirect& redirect, const Provider& provider) {
  if (redirect.issuer.empty()) return !provider.names_issuer;
  return provider.issuer.empty() || redirect.issuer == provider.issuer;
}

}  // namespace

absl::StatusOr<PendingConsent> TakeConsent(const Redirect& redirect,
                                           absl::Time now, Ledger& ledger) {
  auto taken = ledger.consents().Take(redirect.state, now);
  if (absl::IsNotFound(taken.status())) return StateUnusable("UNKNOWN");
  if (!taken.ok()) return taken.status();
  if (redirect.claimant && (redirect.claimant->user != taken->consent.user ||
                            redirect.claimant->actor != taken->consent.actor)) {
    return StateUnusable("ANOTHERS");
  }
  switch (taken->condition) {
    case TakenConsent::Condition::kUsed:
      return StateUnusable("USED");
    case TakenConsent::Condition::kExpired:
      return StateUnusable("EXPIRED");
    case TakenConsent::Condition::kFresh:
      break;
  }
  return std::move(taken->consent);
}

absl::Status CheckAnswer(const Redirect& redirect, const Provider& provider,
                         bool is_token_wanted) {
  // Somebody may have put their own token into another's redirect.
  if (redirect.token.has_value() != is_token_wanted) {
    return StateUnusable("ANOTHER_FLOW");
  }
  if (!IsOfIssuer(redirect, provider)) return StateUnusable("FORGED_ISSUER");
  return absl::OkStatus();
}

absl::StatusOr<std::optional<DataCenter>> DataCenterIn(
    const Redirect& redirect, const Provider& provider) {
  if (!redirect.accounts_server.empty()) {
    auto home = DataCenterOf(provider, redirect.accounts_server);
    if (!home) return StateUnusable("FORGED_ACCOUNTS_SERVER");
    return home;
  }
  std::optional<DataCenter> named;
  if (redirect.token) {
    const auto& parameters = redirect.token->parameters;
    const auto location = parameters.find("location");
    if (location != parameters.end()) {
      named = DataCenterAt(provider, location->second);
    }
  }
  return named;
}

absl::Status OutcomeOfError(const std::string& error) {
  if (error == "access_denied") {
    return ToStatus(
        {Reason::kConsentDeclined, "the user declined", {}, {}, {}});
  }
  if (error == "server_error" || error == "temporarily_unavailable") {
    return ToStatus({Reason::kProviderUnavailable,
                     "the provider could not ask the user: begin again later",
                     kProviderPatience,
                     {},
                     {}});
  }
  if (error == "unauthorized_client") {
    return RefusalOfMisconfiguration("CLIENT");
  }
  return RefusalOfMisconfiguration(error == "invalid_scope" ? "SCOPE"
                                                            : "REQUEST");
}

}  // namespace bursar

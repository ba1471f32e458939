#include "sandbox/grant_types.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bursar::sandbox {
namespace {

// Whether what else came with a code is what its consent was about.
std::optional<Refusal> CheckExchange(const Persona& persona, const Code& code,
                                     const Parameters& parameters) {
  const auto scope = parameters.Find("scope");
  if (scope ? !AllowsAll(code.scopes, ParseScopes(*scope))
            : persona.scope_on_exchange) {
    return Refusal::kInvalidScope;
  }
  const auto state = parameters.Find("state");
  if (state ? *state != code.state : persona.state_on_exchange) {
    return Refusal::kDeadCode;
  }
  return std::nullopt;
}

// `soid` is the service's name, a dot, and the organisation's number.
bool NamesOrganization(const Persona& persona, const Scopes& scopes,
                       absl::string_view soid) {
  for (absl::string_view service :
       absl::StrSplit(persona.organization_services, ',', absl::SkipEmpty())) {
    for (const std::string& scope : scopes) {
      if (ServiceOf(scope) != service) continue;
      const std::string prefix = absl::StrCat(service, ".");
      if (!absl::StartsWith(soid, prefix) || soid.size() == prefix.size()) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

Outcome<Tokens::Minted> RedeemCode(Provider& provider, const Client& client,
                                   const Parameters& parameters,
                                   absl::Time now) {
  const std::string value = parameters.Get("code");
  const std::string verifier = parameters.Get("code_verifier");
  if (!verifier.empty()) provider.issuer.Remember("code_verifier", verifier);
  const Consents::Proof proof{client.id, parameters.Get("redirect_uri"),
                              verifier};
  auto checked = provider.consents.CheckCode(value, proof, now);
  if (const auto* refusal = std::get_if<Refusal>(&checked)) {
    return *refusal == Refusal::kDead ? Refusal::kDeadCode : *refusal;
  }
  const Code& code = std::get<Code>(checked);
  if (!provider.Keeps(code.owner.user)) return Refusal::kInvalidClient;
  if (auto wrong = CheckExchange(provider.persona, code, parameters)) {
    return *wrong;
  }
  auto minted = provider.tokens.FromConsent(
      provider.persona, code.owner, code.scopes, code.with_refresh_token,
      provider.issuer, now);
  // A throttled call may be repeated while the code lives.
  if (std::holds_alternative<Tokens::Minted>(minted)) {
    provider.consents.MarkUsed(value);
  }
  return minted;
}

Outcome<Tokens::Minted> RedeemRefreshToken(Provider& provider,
                                           const Client& client,
                                           const Parameters& parameters,
                                           absl::Time now) {
  if (provider.persona.redirect_uri_on_refresh &&
      !client.Redirects(parameters.Get("redirect_uri"))) {
    return Refusal::kInvalidRedirectUri;
  }
  const Scopes scopes = ParseScopes(parameters.Get("scope"));
  if (provider.persona.scope_on_refresh && scopes.empty()) {
    return Refusal::kInvalidScope;
  }
  const std::string value = parameters.Get("refresh_token");
  const auto owner = provider.tokens.OwnerOf(value);
  if (owner && !provider.Keeps(owner->user)) return Refusal::kInvalidClient;
  return provider.tokens.Redeem(provider.persona, value, client.id, scopes,
                                provider.issuer, now);
}

Outcome<Tokens::Minted> MintForClient(Provider& provider, const Client& client,
                                      const Parameters& parameters,
                                      absl::Time now) {
  if (client.registration.type != ClientType::kSelfClient) {
    return Refusal::kInvalidClient;
  }
  const Persona& persona = provider.persona;
  const Scopes scopes = ParseScopes(parameters.Get("scope"));
  if (scopes.empty()) return Refusal::kInvalidScope;
  for (const std::string& scope : scopes) {
    if (!IsKnown(persona.scopes, scope)) return Refusal::kInvalidScope;
  }
  const std::string organization = parameters.Get("soid");
  if (!NamesOrganization(persona, scopes, organization)) {
    return Refusal::kMissingOrganization;
  }
  const Owner owner{absl::StrCat("organization:", organization), client.id};
  return Tokens::Minted{
      provider.tokens.MintAlone(persona, owner, scopes, provider.issuer, now),
      std::nullopt};
}

}  // namespace bursar::sandbox

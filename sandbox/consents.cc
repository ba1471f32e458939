#include "sandbox/consents.h"

#include "sandbox/pkce.h"

namespace bursar::sandbox {
namespace {

constexpr absl::Duration kPageLifetime = absl::Minutes(10);

}  // namespace

std::string Consents::Show(AuthorizationRequest request, Issuer& issuer,
                           absl::Time now) {
  std::string form_token = issuer.FormToken();
  shown_[form_token] = {std::move(request), now + kPageLifetime};
  return form_token;
}

std::optional<AuthorizationRequest> Consents::Take(
    const std::string& form_token, absl::Time now) {
  auto node = shown_.extract(form_token);
  if (node.empty() || node.mapped().until <= now) return std::nullopt;
  return std::move(node.mapped().request);
}

bool Consents::Accept(const Persona& persona, const Owner& owner,
                      const AuthorizationRequest& request) {
  const bool first = consented_.insert(owner).second;
  return request.offline && (first || request.prompt_consent ||
                             persona.refresh_token_each_consent);
}

void Consents::Forget(absl::string_view user) {
  std::erase_if(consented_,
                [&](const Owner& owner) { return owner.user == user; });
}

Outcome<std::string> Consents::MakeCode(const Persona& persona, Code code,
                                        absl::Duration lifetime, Issuer& issuer,
                                        absl::Time now) {
  const WindowLimit limit = persona.CodeLimit();
  Window& window = codes_per_client_[code.owner.client_id];
  if (window.Full(limit, now)) return Refusal::kThrottled;
  window.Count(limit, now);
  code.expires = now + lifetime;
  std::string value = issuer.Token("code");
  codes_[value] = std::move(code);
  return value;
}

Outcome<Code> Consents::CheckCode(const std::string& value, const Proof& proof,
                                  absl::Time now) const {
  const auto found = codes_.find(value);
  if (found == codes_.end()) return Refusal::kDead;
  const Code& code = found->second;
  if (code.owner.client_id != proof.client_id) return Refusal::kDead;
  if (code.used || code.expires <= now) return Refusal::kDead;
  // A code from the console was never sent anywhere.
  if (!code.redirect_uri.empty() && code.redirect_uri != proof.redirect_uri) {
    return Refusal::kInvalidRedirectUri;
  }
  if (!Verifies(code.code_challenge, code.code_challenge_method,
                proof.code_verifier)) {
    return Refusal::kDead;
  }
  return code;
}

void Consents::MarkUsed(const std::string& value) {
  const auto found = codes_.find(value);
  if (found != codes_.end()) found->second.used = true;
}

}  // namespace bursar::sandbox

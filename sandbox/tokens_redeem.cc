// grant_type=refresh_token: who is refused, and rotation.

#include <utility>

#include "sandbox/tokens.h"

namespace bursar::sandbox {
namespace {

bool IsPastItsLife(const Persona& persona, const RefreshToken& token,
                   absl::Time now) {
  return now - token.issued >= persona.refresh_token_lifetime ||
         now - token.last_used >= persona.refresh_token_idle_lifetime ||
         now - token.consented >= persona.family_lifetime;
}

}  // namespace

// Why `token` cannot be redeemed, if so.
std::optional<Refusal> Tokens::Refuse(const Persona& persona,
                                      RefreshToken& token, absl::Time now) {
  const bool expired = IsPastItsLife(persona, token, now);
  if (token.state == TokenState::kAlive && expired) {
    End(token, TokenState::kExpired, now);
  }
  const bool in_grace = token.state == TokenState::kRotated && !expired &&
                        now - token.ended < persona.rotation_grace;
  if (token.state != TokenState::kAlive && !in_grace) {
    ++token.reuse_refused;
    ++totals_.refused_reuse;
    if (token.state == TokenState::kRotated && persona.reuse_kills_family) {
      EndFamily(token.family, TokenState::kRevoked, now);
    }
    return Refusal::kDead;
  }
  if (persona.refresh_token_use_limit > 0 &&
      token.redeemed >= persona.refresh_token_use_limit) {
    return Refusal::kDead;
  }
  if (token.mints.Full(persona.AccessTokenLimit(), now)) {
    return Refusal::kThrottled;
  }
  return std::nullopt;
}

Outcome<Tokens::Minted> Tokens::Redeem(const Persona& persona,
                                       absl::string_view value,
                                       absl::string_view client_id,
                                       const Scopes& narrower, Issuer& issuer,
                                       absl::Time now) {
  RefreshToken* token = Find(value);
  if (token == nullptr || token->owner.client_id != client_id) {
    return Refusal::kDead;
  }
  if (const auto refusal = Refuse(persona, *token, now)) return *refusal;
  const bool narrows = persona.scope_narrowing && !narrower.empty();
  if (narrows && !AllowsAll(token->scopes, narrower)) {
    return Refusal::kInvalidScope;
  }
  token->mints.Count(persona.AccessTokenLimit(), now);
  ++token->redeemed;
  token->last_used = now;
  const Scopes scopes = narrows ? narrower : token->scopes;
  if (!persona.rotation || now - token->issued < persona.rotate_after) {
    std::optional<std::string> same;
    if (persona.refresh_token_in_answer) same = token->value;
    return Minted{MintFor(persona, *token, scopes, issuer, now),
                  std::move(same)};
  }
  RefreshToken& next = Rotate(persona, *token, issuer, now);
  return Minted{MintFor(persona, next, scopes, issuer, now), next.value};
}

// A rotated token that is redeemed once more within its grace gets a sibling of
// its successor; its grace still counts from the first rotation.
RefreshToken& Tokens::Rotate(const Persona& persona, RefreshToken& token,
                             Issuer& issuer, absl::Time now) {
  if (token.state == TokenState::kAlive) {
    token.state = TokenState::kRotated;
    token.ended = now;
    living_[token.owner].erase(token.index);
  }
  if (persona.rotation_kills_access_tokens) {
    EndAccessTokens(token, TokenState::kRevoked);
  }
  return Issue(token.owner, token.scopes, &token, issuer, now);
}

}  // namespace bursar::sandbox

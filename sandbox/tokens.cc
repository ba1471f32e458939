#include "sandbox/tokens.h"

#include <algorithm>
#include <utility>

namespace bursar::sandbox {
namespace {

// The part of an owner by which a persona counts; the rest is left empty.
Owner Counted(const Persona& persona, const Owner& owner) {
  switch (persona.refresh_tokens_counted_by) {
    case CountedBy::kUser:
      return {owner.user, ""};
    case CountedBy::kClient:
      return {"", owner.client_id};
    case CountedBy::kUserAndClient:
      break;
  }
  return owner;
}

bool Matches(const Owner& owner, absl::string_view user,
             absl::string_view client_id) {
  return owner.user == user &&
         (client_id.empty() || owner.client_id == client_id);
}

}  // namespace

std::string ToName(TokenState state) {
  switch (state) {
    case TokenState::kAlive:
      return "alive";
    case TokenState::kRotated:
      return "rotated";
    case TokenState::kRevoked:
      return "revoked";
    case TokenState::kEvicted:
      return "evicted";
    case TokenState::kExpired:
      return "expired";
  }
  return "";
}

RefreshToken* Tokens::Find(absl::string_view value) {
  const auto found = index_of_.find(value);
  return found == index_of_.end() ? nullptr
                                  : &refresh_tokens_.at(found->second);
}

RefreshToken& Tokens::Issue(const Owner& owner, const Scopes& scopes,
                            int64_t family, Issuer& issuer, absl::Time now) {
  const int64_t index = ++totals_.refresh_tokens;
  RefreshToken& token = refresh_tokens_[index];
  token.index = index;
  token.value = issuer.Token("refresh_token");
  token.owner = owner;
  token.scopes = scopes;
  token.family = family == 0 ? index : family;
  token.issued = now;
  token.last_used = now;
  index_of_[token.value] = index;
  living_[owner].insert(index);
  families_[token.family].push_back(index);
  return token;
}

std::vector<int64_t> Tokens::LivingOf(const Persona& persona,
                                      const Owner& owner) const {
  const Owner counted = Counted(persona, owner);
  if (counted == owner) {
    const auto found = living_.find(owner);
    if (found == living_.end()) return {};
    return {found->second.begin(), found->second.end()};
  }
  std::vector<int64_t> living;
  for (const auto& [other, indices] : living_) {
    if (Counted(persona, other) != counted) continue;
    living.insert(living.end(), indices.begin(), indices.end());
  }
  std::sort(living.begin(), living.end());
  return living;
}

// The oldest goes, in use or not, until one more fits.
std::optional<Refusal> Tokens::MakeRoom(const Persona& persona,
                                        const Owner& owner, absl::Time now) {
  if (persona.refresh_token_cap == 0) return std::nullopt;
  const auto cap = static_cast<std::size_t>(persona.refresh_token_cap);
  const std::vector<int64_t> living = LivingOf(persona, owner);
  if (living.size() < cap) return std::nullopt;
  if (persona.on_cap == OnCap::kDeny) return Refusal::kCapReached;
  for (std::size_t i = 0; i + cap <= living.size(); ++i) {
    End(refresh_tokens_.at(living[i]), TokenState::kEvicted, now);
  }
  return std::nullopt;
}

Outcome<Tokens::Minted> Tokens::FromConsent(const Persona& persona,
                                            const Owner& owner,
                                            const Scopes& scopes,
                                            bool with_refresh_token,
                                            Issuer& issuer, absl::Time now) {
  if (!with_refresh_token) {
    return Minted{MintAlone(persona, owner, scopes, issuer, now), std::nullopt};
  }
  const WindowLimit limit = persona.RefreshTokenLimit();
  Window& window = windows_[Counted(persona, owner)];
  if (window.Full(limit, now)) return Refusal::kThrottled;
  if (const auto refusal = MakeRoom(persona, owner, now)) return *refusal;
  window.Count(limit, now);
  RefreshToken& token = Issue(owner, scopes, 0, issuer, now);
  return Minted{MintFor(persona, token, scopes, issuer, now), token.value};
}

std::string Tokens::Import(const Owner& owner, const Scopes& scopes,
                           Issuer& issuer, absl::Time now) {
  return Issue(owner, scopes, 0, issuer, now).value;
}

AccessToken Tokens::MintAlone(const Persona& persona, const Owner& owner,
                              const Scopes& scopes, Issuer& issuer,
                              absl::Time now) {
  ++totals_.access_tokens;
  AccessToken token;
  token.value = issuer.Token("access_token");
  token.owner = owner;
  token.scopes = scopes;
  token.expires = now + persona.access_token_lifetime;
  access_tokens_[token.value] = token;
  return token;
}

AccessToken Tokens::MintFor(const Persona& persona, RefreshToken& token,
                            const Scopes& scopes, Issuer& issuer,
                            absl::Time now) {
  auto& alive = token.access_tokens;
  std::erase_if(alive, [&](const std::string& value) {
    const AccessToken& old = access_tokens_.at(value);
    return old.state != TokenState::kAlive || old.expires <= now;
  });
  const auto cap = static_cast<std::size_t>(persona.live_access_token_cap);
  while (cap > 0 && alive.size() >= cap) {
    access_tokens_.at(alive.front()).state = TokenState::kEvicted;
    alive.pop_front();
  }
  AccessToken minted = MintAlone(persona, token.owner, scopes, issuer, now);
  alive.push_back(minted.value);
  return minted;
}

// Why `token` cannot be redeemed, if so.
std::optional<Refusal> Tokens::Refuse(const Persona& persona,
                                      RefreshToken& token, absl::Time now) {
  if (token.state == TokenState::kAlive &&
      (now - token.issued >= persona.refresh_token_lifetime ||
       now - token.last_used >= persona.refresh_token_idle_lifetime)) {
    End(token, TokenState::kExpired, now);
  }
  const bool in_grace = token.state == TokenState::kRotated &&
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
    return Minted{MintFor(persona, *token, scopes, issuer, now), std::nullopt};
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
  return Issue(token.owner, token.scopes, token.family, issuer, now);
}

void Tokens::End(RefreshToken& token, TokenState state, absl::Time now) {
  EndAccessTokens(token, state);
  if (token.state == TokenState::kAlive)
    living_[token.owner].erase(token.index);
  token.state = state;
  token.ended = now;
}

void Tokens::EndFamily(int64_t family, TokenState state, absl::Time now) {
  for (const int64_t index : families_[family]) {
    End(refresh_tokens_.at(index), state, now);
  }
}

void Tokens::EndAccessTokens(RefreshToken& token, TokenState state) {
  for (const std::string& value : token.access_tokens) {
    AccessToken& access_token = access_tokens_.at(value);
    if (access_token.state == TokenState::kAlive) access_token.state = state;
  }
  token.access_tokens.clear();
}

bool Tokens::Revoke(absl::string_view value, absl::Time now) {
  if (RefreshToken* token = Find(value)) {
    if (token->state != TokenState::kAlive) return false;
    EndFamily(token->family, TokenState::kRevoked, now);
    return true;
  }
  const auto found = access_tokens_.find(value);
  if (found == access_tokens_.end() ||
      found->second.state != TokenState::kAlive ||
      found->second.expires <= now) {
    return false;
  }
  found->second.state = TokenState::kRevoked;
  return true;
}

int64_t Tokens::RevokeAll(absl::string_view user, absl::string_view client_id,
                          absl::Time now) {
  int64_t ended = 0;
  for (auto& [index, token] : refresh_tokens_) {
    if (token.state != TokenState::kAlive ||
        !Matches(token.owner, user, client_id)) {
      continue;
    }
    EndFamily(token.family, TokenState::kRevoked, now);
    ++ended;
  }
  EndAccessTokensOf(user, client_id);
  return ended;
}

int64_t Tokens::EndAccessTokensOf(absl::string_view user,
                                  absl::string_view client_id) {
  int64_t ended = 0;
  for (auto& [value, token] : access_tokens_) {
    if (token.state != TokenState::kAlive ||
        !Matches(token.owner, user, client_id)) {
      continue;
    }
    token.state = TokenState::kRevoked;
    ++ended;
  }
  return ended;
}

Outcome<AccessToken> Tokens::Use(const Persona& persona,
                                 absl::string_view value, absl::Time now) {
  const auto found = access_tokens_.find(value);
  if (found == access_tokens_.end()) return Refusal::kDead;
  AccessToken& token = found->second;
  if (token.state != TokenState::kAlive || token.expires <= now ||
      (persona.access_token_single_use && token.uses > 0)) {
    return Refusal::kDead;
  }
  ++token.uses;
  return token;
}

std::optional<Owner> Tokens::OwnerOf(absl::string_view value) const {
  if (const auto found = index_of_.find(value); found != index_of_.end()) {
    return refresh_tokens_.at(found->second).owner;
  }
  if (const auto found = access_tokens_.find(value);
      found != access_tokens_.end()) {
    return found->second.owner;
  }
  return std::nullopt;
}

std::map<Owner, int64_t> Tokens::Living() const {
  std::map<Owner, int64_t> living;
  for (const auto& [owner, indices] : living_) {
    living[owner] = static_cast<int64_t>(indices.size());
  }
  return living;
}

}  // namespace bursar::sandbox

// How tokens come to be: windows, caps and evictions.

#include <algorithm>
#include <utility>

#include "sandbox/tokens.h"

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

}  // namespace

// Without a predecessor it begins a family of its own.
RefreshToken& Tokens::Issue(const Owner& owner, const Scopes& scopes,
                            const RefreshToken* predecessor, Issuer& issuer,
                            absl::Time now) {
  const int64_t index = ++totals_.refresh_tokens;
  RefreshToken& token = refresh_tokens_[index];
  token.index = index;
  token.value = issuer.Token("refresh_token");
  token.owner = owner;
  token.scopes = scopes;
  token.family = predecessor == nullptr ? index : predecessor->family;
  token.consented = predecessor == nullptr ? now : predecessor->consented;
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
  RefreshToken& token = Issue(owner, scopes, nullptr, issuer, now);
  return Minted{MintFor(persona, token, scopes, issuer, now), token.value};
}

std::string Tokens::Import(const Owner& owner, const Scopes& scopes,
                           Issuer& issuer, absl::Time now) {
  return Issue(owner, scopes, nullptr, issuer, now).value;
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

}  // namespace bursar::sandbox

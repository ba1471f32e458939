// How tokens end, and what is known about them.

#include "sandbox/tokens.h"

namespace bursar::sandbox {
namespace {

bool Matches(const Owner& owner, absl::string_view user,
             absl::string_view client_id) {
  return (user.empty() || owner.user == user) &&
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

void Tokens::End(RefreshToken& token, TokenState state, absl::Time now) {
  EndAccessTokens(token, state);
  MarkEnded(token, state, now);
}

void Tokens::MarkEnded(RefreshToken& token, TokenState state, absl::Time now) {
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

bool Tokens::EndAlone(absl::string_view value, absl::Time now) {
  RefreshToken* token = Find(value);
  if (token == nullptr || token->state != TokenState::kAlive) return false;
  MarkEnded(*token, TokenState::kRevoked, now);
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

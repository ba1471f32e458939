#include "client/token_table.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace bursar::client {
namespace {

// The moment to fetch ahead is spread by this much around its mean, so that
// tokens that came together do not go together.
constexpr double kSpread = 0.25;
// A consent is handed out again until this fraction of its life remains: the
// user needs some of it.
constexpr double kConsentReserve = 0.2;
// An answer that was on its way when its grant ended is here by then.
constexpr absl::Duration kEndsRemembered = absl::Minutes(10);

bool IsRefused(const std::optional<RefusedToken>& refused, const Token& token) {
  return refused.has_value() && refused->grant == token.grant() &&
         token.generation() <= refused->generation;
}

}  // namespace

bool TokenTable::Slot::Lives(absl::Time now) const {
  return token != nullptr && token->expire_time() > now && !refused.has_value();
}

TokenTable::TokenPtr TokenTable::Find(const TokenKey& key,
                                      absl::Duration min_ttl,
                                      absl::Time now) const {
  const std::shared_lock lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end()) return nullptr;
  const Slot& slot = found->second;
  if (!slot.Lives(now)) return nullptr;
  // Read first: a write on every call would pass the cache line around.
  if (!slot.asked.load(std::memory_order_relaxed)) {
    slot.asked.store(true, std::memory_order_relaxed);
  }
  if (slot.token->expire_time() - now < min_ttl && now >= slot.resume_time) {
    return nullptr;
  }
  return slot.token;
}

TokenTable::TokenPtr TokenTable::Living(const TokenKey& key,
                                        absl::Time now) const {
  const std::shared_lock lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end() || !found->second.Lives(now)) return nullptr;
  return found->second.token;
}

TokenTable::TokenPtr TokenTable::Put(TokenPtr token, absl::Time now) {
  const std::lock_guard lock(mutex_);
  const TokenKey key = token->key();
  Slot& slot = slots_[key];
  if (IsRefused(slot.refused, *token) || HasEnded(*token)) return token;
  if (slot.Lives(now) && slot.token->grant() == token->grant() &&
      slot.token->generation() > token->generation()) {
    return slot.token;
  }
  slot.fetch_time = FetchTime(slot, *token, now);
  SetToken(key, slot, std::move(token));
  slot.refused.reset();
  slot.refused_until = absl::InfinitePast();
  slot.resume_time = absl::InfinitePast();
  slot.consent.reset();
  slot.asked.store(false, std::memory_order_relaxed);
  return slot.token;
}

absl::Time TokenTable::FetchTime(const Slot& slot, const Token& token,
                                 absl::Time now) {
  const absl::Duration life = token.expire_time() - now;
  if (slot.token != nullptr && slot.token->grant() == token.grant() &&
      slot.token->generation() == token.generation()) {
    // The broker has no newer one yet. Ask again, ever more often.
    return now + life / 2;
  }
  const double spread = absl::Uniform(random_, 1 - kSpread, 1 + kSpread);
  return token.expire_time() - life * (refresh_ahead_ * spread);
}

void TokenTable::Pause(const TokenKey& key, absl::Duration pause,
                       absl::Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end()) return;
  found->second.resume_time = now + pause;
  found->second.fetch_time = now + pause;
}

void TokenTable::Refuse(const Token& token) {
  const std::lock_guard lock(mutex_);
  Slot& slot = slots_[token.key()];
  if (slot.token != nullptr &&
      (slot.token->grant() != token.grant() ||
       slot.token->generation() > token.generation())) {
    return;  // Another one is there already.
  }
  slot.refused = RefusedToken{token.grant(), token.generation()};
  slot.refused_until = token.expire_time();
}

std::optional<RefusedToken> TokenTable::Refused(const TokenKey& key) const {
  const std::shared_lock lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end()) return std::nullopt;
  return found->second.refused;
}

void TokenTable::PutConsent(const TokenKey& key, Consent consent,
                            absl::Time now) {
  const std::lock_guard lock(mutex_);
  Slot& slot = slots_[key];
  slot.consent_reuse_until =
      consent.expire_time - (consent.expire_time - now) * kConsentReserve;
  slot.consent = std::move(consent);
}

std::optional<Consent> TokenTable::FindConsent(const TokenKey& key,
                                               absl::Time now) const {
  const std::shared_lock lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end() || now >= found->second.consent_reuse_until) {
    return std::nullopt;
  }
  return found->second.consent;
}

void TokenTable::DropToken(const TokenKey& key) {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end()) return;
  ClearToken(key, found->second);
}

void TokenTable::Forget(const TokenKey& key) {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(key);
  if (found == slots_.end()) return;
  ClearToken(key, found->second);
  slots_.erase(found);
}

void TokenTable::End(const std::string& grant, int64_t generation,
                     absl::Time now) {
  const std::lock_guard lock(mutex_);
  Ended& ended = ended_[grant];
  ended.generation = std::max(ended.generation, generation);
  ended.forget_time = now + kEndsRemembered;
  const auto held = by_grant_.find(grant);
  if (held == by_grant_.end()) return;
  const std::vector<TokenKey> keys = held->second;
  for (const TokenKey& key : keys) {
    Slot& slot = slots_.find(key)->second;
    if (HasEnded(*slot.token)) ClearToken(key, slot);
  }
}

void TokenTable::DropGrant(const std::string& grant) {
  const std::lock_guard lock(mutex_);
  const auto held = by_grant_.find(grant);
  if (held == by_grant_.end()) return;
  const std::vector<TokenKey> keys = held->second;
  for (const TokenKey& key : keys) ClearToken(key, slots_.find(key)->second);
}

bool TokenTable::HoldsTokens() const {
  const std::shared_lock lock(mutex_);
  return !by_grant_.empty();
}

std::vector<std::string> TokenTable::Grants() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> grants;
  grants.reserve(by_grant_.size());
  for (const auto& [grant, keys] : by_grant_) grants.push_back(grant);
  return grants;
}

void TokenTable::SetToken(const TokenKey& key, Slot& slot, TokenPtr token) {
  if (slot.token != nullptr) {
    const auto held = by_grant_.find(slot.token->grant());
    std::vector<TokenKey>& keys = held->second;
    keys.erase(std::find(keys.begin(), keys.end(), key));
    if (keys.empty()) by_grant_.erase(held);
  }
  slot.token = std::move(token);
  if (slot.token != nullptr) by_grant_[slot.token->grant()].push_back(key);
}

void TokenTable::ClearToken(const TokenKey& key, Slot& slot) {
  SetToken(key, slot, nullptr);
  slot.refused.reset();
  slot.refused_until = absl::InfinitePast();
}

bool TokenTable::HasEnded(const Token& token) const {
  const auto ended = ended_.find(token.grant());
  return ended != ended_.end() &&
         token.generation() <= ended->second.generation;
}

std::vector<TokenTable::Due> TokenTable::Sweep(absl::Time now) {
  std::vector<Due> due;
  const std::lock_guard lock(mutex_);
  absl::erase_if(ended_, [now](const auto& ended) {
    return ended.second.forget_time <= now;
  });
  for (auto slot = slots_.begin(); slot != slots_.end();) {
    const auto current = slot++;
    const auto& [key, known] = *current;
    const bool expired =
        known.token == nullptr || known.token->expire_time() <= now;
    if (expired && now >= known.refused_until &&
        now >= known.consent_reuse_until) {
      SetToken(key, current->second, nullptr);
      slots_.erase(current);
    } else if (known.Lives(now) && now >= known.fetch_time &&
               known.asked.load(std::memory_order_relaxed)) {
      // More than it still has, with room for the two clocks to differ; never
      // more than it had when it came.
      due.push_back({key, (known.token->expire_time() - now) * 1.5});
    }
  }
  return due;
}

}  // namespace bursar::client

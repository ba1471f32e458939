// What a token client knows, key by key: the token at hand, the one that the
// API refused, the consent that was begun. Decides what may still be handed out
// and what to fetch ahead of need; makes no calls. Thread-safe: finding a token
// takes one shared lock, changing anything takes it alone.

#ifndef BURSAR_CLIENT_TOKEN_TABLE_H_
#define BURSAR_CLIENT_TOKEN_TABLE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/random/random.h"
#include "absl/time/time.h"
#include "client/token.h"
#include "client/token_key.h"

namespace bursar::client {

/// Which token an API refused.
struct RefusedToken {
  std::string grant;
  int64_t generation = 0;

  friend bool operator==(const RefusedToken&, const RefusedToken&) = default;
};

/// A consent that waits for its user.
struct Consent {
  std::string authorization_url;
  absl::Time expire_time;
};

class TokenTable {
 public:
  using TokenPtr = std::shared_ptr<const Token>;

  /// A token is due to be fetched anew when about this fraction of the life
  /// that it had at its arrival remains.
  explicit TokenTable(double refresh_ahead) : refresh_ahead_(refresh_ahead) {}

  /// A token that lives at least `min_ttl`, or, while the broker is being left
  /// alone, one that lives; null if there is none. Counts as asking.
  TokenPtr Find(const TokenKey& key, absl::Duration min_ttl,
                absl::Time now) const;

  /// The token of `key` while it lives and was not refused, however briefly.
  TokenPtr Living(const TokenKey& key, absl::Time now) const;

  /// Keeps what the broker sent, unless it is the refused token or older than
  /// what is there. Returns the one to hand out.
  TokenPtr Put(TokenPtr token, absl::Time now);

  /// Leaves the broker alone about `key` for so long, while a token lives.
  void Pause(const TokenKey& key, absl::Duration pause, absl::Time now);

  /// The API refused `token`: it is not handed out any more.
  void Refuse(const Token& token);
  std::optional<RefusedToken> Refused(const TokenKey& key) const;

  void PutConsent(const TokenKey& key, Consent consent, absl::Time now);
  /// The consent begun last, unless it has nearly expired.
  std::optional<Consent> FindConsent(const TokenKey& key, absl::Time now) const;

  /// Drops the token, for the broker gives it no more; keeps the consent.
  void DropToken(const TokenKey& key);
  /// Drops everything about `key`.
  void Forget(const TokenKey& key);

  /// The grant's tokens up to `generation` are dead: they are dropped, and not
  /// kept if they still come, from an answer that was on its way.
  void End(const std::string& grant, int64_t generation, absl::Time now);
  /// Drops the grant's tokens; newer ones may come.
  void DropGrant(const std::string& grant);

  /// Whether it holds any token, and the grants whose tokens it holds.
  bool HoldsTokens() const;
  std::vector<std::string> Grants() const;

  struct Due {
    TokenKey key;
    /// What to ask for, so that the broker does not send the same token again.
    absl::Duration min_ttl;
  };
  /// The tokens to fetch now: near their end, and asked for since they came.
  /// Drops what is of no use any more.
  std::vector<Due> Sweep(absl::Time now);

 private:
  struct Slot {
    TokenPtr token;
    std::optional<RefusedToken> refused;
    absl::Time refused_until = absl::InfinitePast();
    // Not before then is the token fetched ahead.
    absl::Time fetch_time;
    // Until then the broker is left alone while the token lives.
    absl::Time resume_time = absl::InfinitePast();
    std::optional<Consent> consent;
    absl::Time consent_reuse_until = absl::InfinitePast();
    // The one thing that finders write.
    mutable std::atomic<bool> asked{false};

    bool Lives(absl::Time now) const;
  };

  struct Ended {
    int64_t generation = 0;
    absl::Time forget_time;
  };

  // All want mutex_ held.
  void SetToken(const TokenKey& key, Slot& slot, TokenPtr token);
  void ClearToken(const TokenKey& key, Slot& slot);
  bool HasEnded(const Token& token) const;
  absl::Time FetchTime(const Slot& slot, const Token& token, absl::Time now);

  const double refresh_ahead_;
  mutable std::shared_mutex mutex_;
  // Guarded by mutex_. Slots do not move: they hold an atomic.
  absl::node_hash_map<TokenKey, Slot> slots_;
  // Which keys have a token of the grant.
  absl::flat_hash_map<std::string, std::vector<TokenKey>> by_grant_;
  // What ended a while ago.
  absl::flat_hash_map<std::string, Ended> ended_;
  absl::BitGen random_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_TOKEN_TABLE_H_

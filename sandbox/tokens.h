// The tokens a provider has issued, and every rule about their number and their
// life: caps, windows, evictions, rotation, grace, families.
// Pure, as `now` and the persona come with each call; not thread-safe.

#ifndef BURSAR_SANDBOX_TOKENS_H_
#define BURSAR_SANDBOX_TOKENS_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/issuer.h"
#include "sandbox/outcome.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {

/// Whose token, and whom it was given to.
struct Owner {
  std::string user;
  std::string client_id;

  friend auto operator<=>(const Owner&, const Owner&) = default;
};

enum class TokenState { kAlive, kRotated, kRevoked, kEvicted, kExpired };

/// Such as "alive".
std::string ToName(TokenState state);

struct RefreshToken {
  /// Counts refresh tokens from 1, in the order of issue.
  int64_t index = 0;
  std::string value;
  Owner owner;
  Scopes scopes;
  /// The index of the token a consent brought, from which this was rotated.
  int64_t family = 0;
  TokenState state = TokenState::kAlive;
  /// When its family began.
  absl::Time consented;
  absl::Time issued;
  absl::Time last_used;
  absl::Time ended;
  int64_t redeemed = 0;
  /// How often it was presented after its end.
  int64_t reuse_refused = 0;
  Window mints;
  /// Values of its access tokens that may still live, oldest first.
  std::deque<std::string> access_tokens;
};

struct AccessToken {
  std::string value;
  Owner owner;
  Scopes scopes;
  absl::Time expires;
  TokenState state = TokenState::kAlive;
  int64_t uses = 0;
};

class Tokens {
 public:
  struct Minted {
    AccessToken access_token;
    /// Absent where the answer carries none.
    std::optional<std::string> refresh_token;
  };

  struct Totals {
    int64_t access_tokens = 0;
    int64_t refresh_tokens = 0;
    int64_t refused_reuse = 0;
  };

  /// What a redeemed code brings. kThrottled past the window for refresh
  /// tokens; at the cap the oldest goes, or kCapReached.
  Outcome<Minted> FromConsent(const Persona& persona, const Owner& owner,
                              const Scopes& scopes, bool with_refresh_token,
                              Issuer& issuer, absl::Time now);

  /// A refresh token made out of band, past every cap and window.
  std::string Import(const Owner& owner, const Scopes& scopes, Issuer& issuer,
                     absl::Time now);

  /// An access token that no refresh token stands behind.
  AccessToken MintAlone(const Persona& persona, const Owner& owner,
                        const Scopes& scopes, Issuer& issuer, absl::Time now);

  /// grant_type=refresh_token. `narrower` asks for fewer scopes; empty: all.
  Outcome<Minted> Redeem(const Persona& persona, absl::string_view value,
                         absl::string_view client_id, const Scopes& narrower,
                         Issuer& issuer, absl::Time now);

  /// Ends a refresh token with its family and access tokens, or an access token
  /// alone. False if nothing alive has that value.
  bool Revoke(absl::string_view value, absl::Time now);

  /// Ends a refresh token; the access tokens made of it live on. False if no
  /// living one has that value.
  bool EndAlone(absl::string_view value, absl::Time now);

  /// As Revoke, for every token of a user, a client, or both; an empty name
  /// stands for all. How many refresh tokens ended.
  int64_t RevokeAll(absl::string_view user, absl::string_view client_id,
                    absl::Time now);

  /// Ends access tokens alone, as above. How many.
  int64_t EndAccessTokensOf(absl::string_view user,
                            absl::string_view client_id);

  /// The living access token of that value, whose use this is; or kDead.
  Outcome<AccessToken> Use(const Persona& persona, absl::string_view value,
                           absl::Time now);

  /// Whose token `value` is, dead or alive.
  std::optional<Owner> OwnerOf(absl::string_view value) const;

  /// How many refresh tokens live.
  std::map<Owner, int64_t> Living() const;

  const std::map<int64_t, RefreshToken>& refresh_tokens() const {
    return refresh_tokens_;
  }
  const Totals& totals() const { return totals_; }

 private:
  RefreshToken* Find(absl::string_view value);
  RefreshToken& Issue(const Owner& owner, const Scopes& scopes,
                      const RefreshToken* predecessor, Issuer& issuer,
                      absl::Time now);
  std::vector<int64_t> LivingOf(const Persona& persona,
                                const Owner& owner) const;
  std::optional<Refusal> MakeRoom(const Persona& persona, const Owner& owner,
                                  absl::Time now);
  std::optional<Refusal> Refuse(const Persona& persona, RefreshToken& token,
                                absl::Time now);
  AccessToken MintFor(const Persona& persona, RefreshToken& token,
                      const Scopes& scopes, Issuer& issuer, absl::Time now);
  RefreshToken& Rotate(const Persona& persona, RefreshToken& token,
                       Issuer& issuer, absl::Time now);
  void End(RefreshToken& token, TokenState state, absl::Time now);
  void MarkEnded(RefreshToken& token, TokenState state, absl::Time now);
  void EndFamily(int64_t family, TokenState state, absl::Time now);
  void EndAccessTokens(RefreshToken& token, TokenState state);

  std::map<int64_t, RefreshToken> refresh_tokens_;
  absl::flat_hash_map<std::string, int64_t> index_of_;
  absl::flat_hash_map<std::string, AccessToken> access_tokens_;
  std::map<Owner, std::set<int64_t>> living_;
  std::map<int64_t, std::vector<int64_t>> families_;
  // Keyed by the part of the owner that the persona counts by.
  std::map<Owner, Window> windows_;
  Totals totals_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_TOKENS_H_

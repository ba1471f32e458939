// Port and shape of the stack that answers "a token for this, given now". Each
// layer has this one method; decorators cannot forget to forward another.
// Thread-safe.

#ifndef BURSAR_SERVER_CORE_TOKEN_SOURCE_H_
#define BURSAR_SERVER_CORE_TOKEN_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/types.h"

namespace bursar {

/// A token that the provider's API refused, however the caller named it.
struct FailedGeneration {
  GrantId grant;
  int64_t generation = 0;
};
using FailedToken =
    std::variant<FailedGeneration, std::shared_ptr<const Secret>>;

/// What a caller wants a token for.
struct TokenKey {
  UserId user;
  ClientName client;
  /// Empty: whatever the newest grant covers.
  Scopes scopes;

  friend bool operator==(const TokenKey& a, const TokenKey& b) = default;
  template <typename H>
  friend H AbslHashValue(H h, const TokenKey& key) {
    return H::combine(std::move(h), key.user, key.client, key.scopes.names());
  }
};

struct TokenRequest {
  TokenKey key;
  /// How long the token must live from `now`.
  absl::Duration min_ttl;
  /// Set: only a newer token will do.
  std::optional<FailedToken> failed;
  Actor actor;
  /// The policy lets the caller have tokens of certain scopes alone.
  bool is_bound = false;
};

/// A token and where it comes from. Immutable and shared by all who asked.
struct IssuedToken {
  GrantId grant;
  int64_t generation = 0;
  AccessToken token;
  /// The Authorization header's complete value.
  Secret authorization;
};

class TokenSource {
 public:
  using Answer = absl::StatusOr<std::shared_ptr<const IssuedToken>>;
  /// Told once, on the caller's stack or a thread that must not be kept
  /// waiting.
  using Done = absl::AnyInvocable<void(Answer)>;

  virtual ~TokenSource() = default;

  virtual void Get(const TokenRequest& request, absl::Time now, Done done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_TOKEN_SOURCE_H_

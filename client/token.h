// An access token and all that is needed to use it (RFC 6749 section 5.1).
// Shared between its callers and the cache; wiped when the last of them lets it
// go. Has no print operator. Immutable, so thread-safe.

#ifndef BURSAR_CLIENT_TOKEN_H_
#define BURSAR_CLIENT_TOKEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "client/secret_text.h"
#include "client/token_key.h"

namespace bursar::client {

class Token {
 public:
  /// What a token is made of, as the broker sends it.
  struct Parts {
    std::string authorization;
    std::string access_token;
    std::string token_type;
    std::vector<std::string> scopes;
    std::string api_domain;
    absl::Time expire_time;
    std::string grant;
    int64_t generation = 0;
  };

  /// Wipes the secrets in `parts`.
  Token(TokenKey key, Parts&& parts);

  /// SECRET. The complete value of the Authorization header.
  absl::string_view authorization() const { return authorization_.Expose(); }
  /// SECRET. The bare token, for APIs that take it elsewhere than in a header.
  absl::string_view access_token() const { return access_token_.Expose(); }

  /// As the provider named it, "Bearer" mostly.
  const std::string& token_type() const { return token_type_; }
  /// What the token covers, which may be more than was asked for.
  const std::vector<std::string>& scopes() const { return scopes_; }
  /// The base URL of the API to call; empty where the provider names none.
  const std::string& api_domain() const { return api_domain_; }
  /// When the token stops working.
  absl::Time expire_time() const { return expire_time_; }
  /// The grant that it comes from, and its number among that grant's tokens.
  const std::string& grant() const { return grant_; }
  int64_t generation() const { return generation_; }
  /// What it was asked for with.
  const TokenKey& key() const { return key_; }

 private:
  const TokenKey key_;
  const SecretText authorization_;
  const SecretText access_token_;
  const std::string token_type_;
  const std::vector<std::string> scopes_;
  const std::string api_domain_;
  const absl::Time expire_time_;
  const std::string grant_;
  const int64_t generation_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_TOKEN_H_

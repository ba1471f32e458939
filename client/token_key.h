// Which token is meant: whose, through which OAuth client, for which scopes.
// Immutable, so thread-safe. Make one and keep it: its hash is computed once,
// which is what makes looking a token up cheap.

#ifndef BURSAR_CLIENT_TOKEN_KEY_H_
#define BURSAR_CLIENT_TOKEN_KEY_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bursar::client {

class TokenKey {
 public:
  /// `user` is your own opaque name for the resource owner, `client` the
  /// broker's name for the OAuth client. `scopes` are in the provider's own
  /// spelling, in any order; none means whatever the user's newest grant
  /// covers.
  TokenKey(std::string user, std::string client,
           std::vector<std::string> scopes = {});

  const std::string& user() const { return user_; }
  const std::string& client() const { return client_; }
  /// Sorted, each once.
  const std::vector<std::string>& scopes() const { return scopes_; }

  friend bool operator==(const TokenKey& a, const TokenKey& b) = default;
  template <typename H>
  friend H AbslHashValue(H h, const TokenKey& key) {
    return H::combine(std::move(h), key.hash_);
  }

 private:
  std::string user_;
  std::string client_;
  std::vector<std::string> scopes_;
  std::size_t hash_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_TOKEN_KEY_H_

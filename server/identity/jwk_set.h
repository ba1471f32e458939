// The keys that an issuer publishes (RFC 7517). Immutable; shared freely
// between threads.

#ifndef BURSAR_SERVER_IDENTITY_JWK_SET_H_
#define BURSAR_SERVER_IDENTITY_JWK_SET_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/identity/public_key.h"

namespace bursar {

class JwkSet {
 public:
  /// An empty one.
  JwkSet() = default;

  /// Reads a set. A key that is of no use here (another type, not for
  /// signatures, without an id, too weak) is left out; so is every key whose id
  /// another one has, for which of them is meant nobody could tell. Must return
  /// INVALID_ARGUMENT if it is no set, is too large, or nothing remains.
  static absl::StatusOr<JwkSet> Parse(absl::string_view json);

  /// The key of that id if it may be used with `algorithm`, or null. Valid
  /// while this object lives.
  const PublicKey* Find(absl::string_view id,
                        absl::string_view algorithm) const;

  /// Whether there is a key of that id, whatever it may be used with.
  bool Has(absl::string_view id) const;

  std::size_t size() const { return keys_.size(); }

 private:
  struct Jwk {
    PublicKey key;
    /// Empty: any that the key is one for.
    std::string algorithm;
  };

  std::map<std::string, Jwk, std::less<>> keys_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_JWK_SET_H_

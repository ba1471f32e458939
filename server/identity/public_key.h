// A key that signatures of tokens are verified with, and the algorithms that
// may be used: RSA and ECDSA signatures, by OpenSSL. Never `none`, never a
// secret that both sides have, never a key that a token brings along. Immutable
// and cheap to copy; thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_PUBLIC_KEY_H_
#define BURSAR_SERVER_IDENTITY_PUBLIC_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

class PublicKey {
 public:
  /// An RSA key of 2048 to 8192 bits from its numbers, big-endian; nothing if
  /// they make none.
  static std::optional<PublicKey> Rsa(const std::string& modulus,
                                      const std::string& exponent);

  /// A point of `curve`, "P-256" or "P-384", from its coordinates; nothing if
  /// it is not on it.
  static std::optional<PublicKey> Ec(const std::string& curve,
                                     const std::string& x,
                                     const std::string& y);

  /// Whether `signature` is this key's over `text`, by `algorithm` as RFC 7518
  /// section 3.1 names it. False too where the key is not one for it, and for
  /// every algorithm that is not taken.
  bool Verifies(absl::string_view algorithm, absl::string_view text,
                const std::string& signature) const;

 private:
  enum class Kind { kRsa, kP256, kP384 };
  struct Algorithm;

  static const Algorithm* Find(absl::string_view name);

  PublicKey(Kind kind, EVP_PKEY* key)
      : kind_(kind), key_(key, [](EVP_PKEY* k) { EVP_PKEY_free(k); }) {}

  Kind kind_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_PUBLIC_KEY_H_

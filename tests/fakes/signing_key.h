// Keys of a token issuer that a test makes for itself, and tokens signed with
// them, well or ill. Used from one thread.

#ifndef BURSAR_TESTS_FAKES_SIGNING_KEY_H_
#define BURSAR_TESTS_FAKES_SIGNING_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace bursar {

class SigningKey {
 public:
  static SigningKey Rsa(int bits = 2048);
  /// `curve` is "P-256" or "P-384".
  static SigningKey Ec(const std::string& curve);

  /// The public half as a member of a key set; `more` goes in as it is, such as
  /// R"("use":"enc")".
  std::string Jwk(const std::string& id, const std::string& more = "") const;

  /// The public half in PEM.
  std::string PublicPem() const;

  /// A token of that header and those claims, signed by `algorithm`: RS256,
  /// PS256, ES256 and so on.
  std::string Token(const std::string& algorithm, const std::string& header,
                    const std::string& claims) const;

 private:
  explicit SigningKey(EVP_PKEY* key);

  std::string Sign(const std::string& algorithm, const std::string& text) const;
  std::string Number(const char* name) const;
  bool is_rsa() const;

  std::shared_ptr<EVP_PKEY> key_;
};

/// A token with an HMAC made with `secret`, as HS256 does.
std::string HmacToken(const std::string& header, const std::string& claims,
                      const std::string& secret);

/// `header`, `claims` and `signature` as the parts of a token.
std::string TokenOf(const std::string& header, const std::string& claims,
                    const std::string& signature);

/// A key set of these members.
std::string KeySetOf(const std::vector<std::string>& jwks);

/// {"alg": ..., "kid": ...}
std::string TokenHeader(const std::string& algorithm, const std::string& id);

/// What a cluster says of a service account, good for an hour from `now`.
struct ServiceAccountClaims {
  std::string issuer = "https://cluster.test";
  std::string audience = "bursar";
  std::string subject = "system:serviceaccount:payments:reader";
  absl::Time now;
  absl::Duration life = absl::Hours(1);

  std::string Text() const;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_SIGNING_KEY_H_

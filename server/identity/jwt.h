// A signed token (JWS compact, RFC 7515 and 7519) taken apart, within bounds.
// Nothing that it says may be believed before its signature is verified, and
// where to look for a key it does not get to say: jku, jwk, x5u and x5c are not
// read. Pure.

#ifndef BURSAR_SERVER_IDENTITY_JWT_H_
#define BURSAR_SERVER_IDENTITY_JWT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/identity/jwk_set.h"

namespace bursar {

struct Jwt {
  std::string algorithm;
  std::string key_id;
  /// What the signature is over.
  std::string signed_text;
  std::string signature;
  std::string issuer;
  std::string subject;
  std::vector<std::string> audiences;
  std::optional<absl::Time> expiry;
  std::optional<absl::Time> not_before;
  std::optional<absl::Time> issued;
};

/// Must return INVALID_ARGUMENT, with words for the log that repeat nothing of
/// the token, if it is not one, if a claim has the wrong type, or if it needs
/// an extension to be understood (`crit`).
absl::StatusOr<Jwt> ParseJwt(absl::string_view token);

/// OK if a key of `keys`, found by the token's key id, made the signature, by
/// an algorithm that may be used with it.
absl::Status VerifySignature(const Jwt& token, const JwkSet& keys);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_JWT_H_

#include "sandbox/pkce.h"

#include <openssl/sha.h>

#include <array>
#include <string>

#include "absl/strings/escaping.h"

namespace bursar::sandbox {
namespace {

std::string Challenge(absl::string_view verifier) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(verifier.data()),
         verifier.size(), digest.data());
  // WebSafeBase64Escape leaves the padding out, as RFC 7636 wants it.
  return absl::WebSafeBase64Escape(absl::string_view(
      reinterpret_cast<const char*>(digest.data()), digest.size()));
}

}  // namespace

bool IsChallengeMethod(absl::string_view method) {
  return method == "S256" || method == "plain";
}

bool Verifies(absl::string_view challenge, absl::string_view method,
              absl::string_view verifier) {
  if (challenge.empty()) return verifier.empty();
  if (verifier.size() < 43 || verifier.size() > 128) return false;
  return method == "S256" ? Challenge(verifier) == challenge
                          : verifier == challenge;
}

}  // namespace bursar::sandbox

#include "server/identity/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace bursar {
namespace {

const unsigned char* BytesIn(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string ToText(const unsigned char (&digest)[SHA256_DIGEST_LENGTH]) {
  return {reinterpret_cast<const char*>(digest), sizeof(digest)};
}

}  // namespace

std::string Sha256(absl::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(BytesIn(text), text.size(), digest);
  return ToText(digest);
}

std::string KeyedDigest(const Secret& key, absl::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  HMAC(EVP_sha256(), key.Expose().data(), static_cast<int>(key.size()),
       BytesIn(text), text.size(), digest, nullptr);
  return ToText(digest);
}

bool SameDigest(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() &&
         CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace bursar

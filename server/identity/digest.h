// Digests of what callers show, by OpenSSL: to compare with it, or to find it
// again, without keeping it. Pure.

#ifndef BURSAR_SERVER_IDENTITY_DIGEST_H_
#define BURSAR_SERVER_IDENTITY_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

/// SHA-256: enough for a secret that nobody can guess, as 32 random bytes are.
std::string Sha256(absl::string_view text);

/// HMAC-SHA-256: says nothing to whoever does not have the key.
std::string KeyedDigest(const Secret& key, absl::string_view text);

/// Compares in time that depends on the sizes alone.
bool SameDigest(absl::string_view a, absl::string_view b);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_DIGEST_H_

// Hashes with SHA-256 and signs with Ed25519 (RFC 8032), both libsodium's, so
// that other tools can check what this one made. Stateless; thread-safe.

#ifndef BURSAR_SERVER_SEALING_ED25519_NOTARY_H_
#define BURSAR_SERVER_SEALING_ED25519_NOTARY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"
#include "server/core/notary.h"

namespace bursar {

class Ed25519Notary final : public Notary {
 public:
  std::string Hash(absl::string_view bytes) const override;
  Secret NewKey() const override;
  std::string PublicKeyOf(const Secret& key) const override;
  std::string Sign(const Secret& key,
                   absl::string_view statement) const override;
  bool IsSigned(absl::string_view public_key, absl::string_view statement,
                absl::string_view signature) const override;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_ED25519_NOTARY_H_

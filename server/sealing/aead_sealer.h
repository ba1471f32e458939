// Seals with XChaCha20-Poly1305 and finds with keyed BLAKE2b, both libsodium's.
// The associated data is the table, column, row and key id, so that a sealed
// value opens nowhere else. Shares its keyring, which can be replaced while it
// is used; thread-safe.

#ifndef BURSAR_SERVER_SEALING_AEAD_SEALER_H_
#define BURSAR_SERVER_SEALING_AEAD_SEALER_H_

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/core/sealer.h"
#include "server/sealing/keyring.h"

namespace bursar {

class AeadSealer final : public Sealer {
 public:
  /// Fails only where libsodium finds no source of randomness.
  static absl::StatusOr<std::unique_ptr<AeadSealer>> Create(Keyring keyring);

  /// What seals and opens from now on.
  void Replace(Keyring keyring);

  /// The ring in force.
  std::shared_ptr<const Keyring> keyring() const;

  std::vector<std::string> KeyIds() const override;
  Sealed Seal(const Secret& secret, const SealedPlace& place) const override;
  absl::StatusOr<Secret> Open(const Sealed& sealed,
                              const SealedPlace& place) const override;

  /// `key` must have 16 to 64 bytes.
  std::string Digest(const Secret& key, const Secret& secret) const override;

 private:
  explicit AeadSealer(Keyring keyring)
      : keyring_(std::make_shared<const Keyring>(std::move(keyring))) {}

  mutable std::mutex mutex_;
  std::shared_ptr<const Keyring> keyring_;  // Guarded by mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_AEAD_SEALER_H_

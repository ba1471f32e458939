// Port: how secrets become bytes that may be stored, and back. Implementations
// are thread-safe.

#ifndef BURSAR_SERVER_CORE_SEALER_H_
#define BURSAR_SERVER_CORE_SEALER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

/// A secret under a key.
struct Sealed {
  std::string key_id;
  std::string bytes;  ///< Nonce and ciphertext.
};

/// Where a sealed value belongs. A value moved elsewhere does not open.
struct SealedPlace {
  absl::string_view table;
  absl::string_view column;
  std::string row;
};

class Sealer {
 public:
  virtual ~Sealer() = default;

  /// The ids of the keys at hand, the primary first.
  virtual std::vector<std::string> KeyIds() const = 0;

  /// Seals `secret` for `place` with the primary key, under a fresh nonce.
  virtual Sealed Seal(const Secret& secret, const SealedPlace& place) const = 0;

  /// Opens what was sealed for the same place. Must return NOT_FOUND if the key
  /// is not at hand, DATA_LOSS if the bytes or the place are not the ones that
  /// were sealed; the message names the key's id and the place, nothing else.
  virtual absl::StatusOr<Secret> Open(const Sealed& sealed,
                                      const SealedPlace& place) const = 0;

  /// A keyed digest of `secret`, to find it again without storing it. Equal
  /// keys and secrets give equal digests, of 32 bytes.
  virtual std::string Digest(const Secret& key, const Secret& secret) const = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_SEALER_H_

// The certificate and key that a server shows. Immutable once loaded; no
// locking.

#ifndef BURSAR_SERVER_IDENTITY_KEY_PAIR_H_
#define BURSAR_SERVER_IDENTITY_KEY_PAIR_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/secret.h"

namespace bursar {

struct KeyPair {
  /// PEM: the server's own certificate, then those of CAs that lead to a root.
  Secret certificates;
  /// PEM.
  Secret key;

  friend bool operator==(const KeyPair& a, const KeyPair& b) {
    return a.certificates == b.certificates && a.key == b.key;
  }
};

/// Reads both files. Fails, with words for the operator, if one cannot be read
/// or is not PEM, if the key is not the certificate's, if TLS would not take
/// them, or if the certificate has expired at `now`. One that is not valid yet
/// is taken: clocks differ.
absl::StatusOr<KeyPair> LoadKeyPair(const std::string& certificate_file,
                                    const std::string& key_file,
                                    absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_KEY_PAIR_H_

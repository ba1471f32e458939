// Port: the cryptography that makes the record of events tamper-evident.
// Implementations are stateless and thread-safe.

#ifndef BURSAR_SERVER_CORE_NOTARY_H_
#define BURSAR_SERVER_CORE_NOTARY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

class Notary {
 public:
  virtual ~Notary() = default;

  /// 32 bytes; nobody finds two texts with the same.
  virtual std::string Hash(absl::string_view bytes) const = 0;

  /// A new key to sign with.
  virtual Secret NewKey() const = 0;

  /// 32 bytes, which anybody may know. `key` is one of NewKey's.
  virtual std::string PublicKeyOf(const Secret& key) const = 0;

  /// 64 bytes.
  virtual std::string Sign(const Secret& key,
                           absl::string_view statement) const = 0;

  /// Whether the holder of the key behind `public_key` signed `statement`;
  /// false too where one of them has not the right length.
  virtual bool IsSigned(absl::string_view public_key,
                        absl::string_view statement,
                        absl::string_view signature) const = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_NOTARY_H_

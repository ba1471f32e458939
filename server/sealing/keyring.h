// The keys that secrets are sealed with, from a file of their own:
//
//   # KEY-ID BASE64(32 bytes), one key a line; the first one is the primary
//   key-5f0c91ab fSm...=
//
// Owns its keys and wipes them. Immutable once loaded; shared freely between
// threads.

#ifndef BURSAR_SERVER_SEALING_KEYRING_H_
#define BURSAR_SERVER_SEALING_KEYRING_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/random.h"
#include "server/base/secret.h"

namespace bursar {

class Keyring {
 public:
  static constexpr std::size_t kKeyBytes = 32;

  struct Key {
    std::string id;
    Secret bytes;
  };

  /// Reads the file at `path`. An error names the file, the line where there is
  /// one, and what to do. A file that others than its owner may use is refused.
  static absl::StatusOr<Keyring> Load(const std::string& path);

  /// Makes a file of one new key, for its owner alone. Never overwrites: must
  /// return ALREADY_EXISTS if there is a file.
  static absl::Status Create(const std::string& path, Random& random);

  /// The key to seal with.
  const Key& primary() const { return keys_.front(); }

  /// The key of that id, or nullptr. Valid while this object lives.
  const Key* Find(absl::string_view id) const;

 private:
  explicit Keyring(std::vector<Key> keys) : keys_(std::move(keys)) {}

  // Never empty.
  std::vector<Key> keys_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEYRING_H_

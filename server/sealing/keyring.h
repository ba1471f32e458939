// The keys that secrets are sealed with, from a file of their own:
//
//   # KEY-ID BASE64(32 bytes), one key a line; the first one is the primary
//   key-5f0c91ab fSm...=
//   # or, where a token's key wraps it: KEY-ID pkcs11:BASE64
//   key-03b2a9d1 pkcs11:Tz4...=
//
// Owns its keys, together with the rings that are made of it, and wipes them.
// Immutable; shared freely between threads.

#ifndef BURSAR_SERVER_SEALING_KEYRING_H_
#define BURSAR_SERVER_SEALING_KEYRING_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/random.h"
#include "server/sealing/key_bytes.h"
#include "server/sealing/key_lines.h"
#include "server/sealing/key_wrapper.h"

namespace bursar {

class Keyring {
 public:
  static constexpr std::size_t kKeyBytes = bursar::kKeyBytes;

  struct Key {
    std::string id;
    KeyBytes bytes;
  };

  /// Reads the file at `path`; keys that are wrapped come out of `wrapper`,
  /// where there is one. An error names the file, the line where there is one,
  /// and what to do. A file that others than its owner may use is refused.
  static absl::StatusOr<Keyring> Load(const std::string& path,
                                      KeyWrapper* wrapper = nullptr);

  /// Makes a file of one new key, for its owner alone; the key is wrapped if
  /// there is a `wrapper`. Never overwrites: must return ALREADY_EXISTS if
  /// there is a file.
  static absl::Status Create(const std::string& path, Random& random,
                             KeyWrapper* wrapper = nullptr);

  /// The key to seal with.
  const Key& primary() const { return *keys_.front(); }

  /// The key of that id, or nullptr. Valid while this object lives.
  const Key* Find(absl::string_view id) const;

  /// The primary's first.
  std::vector<std::string> Ids() const;

  /// A ring that seals like this one and opens what either opens.
  Keyring JoinedBy(const Keyring& other) const;

 private:
  using Keys = std::vector<std::shared_ptr<const Key>>;

  explicit Keyring(Keys keys) : keys_(std::move(keys)) {}

  // Never empty.
  Keys keys_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEYRING_H_

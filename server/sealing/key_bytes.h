// A key of a ring, on pages of its own: guarded on both sides, kept out of core
// files, and locked into memory as far as the system lets. Wipes them when it
// goes. Immutable, thread-safe.

#ifndef BURSAR_SERVER_SEALING_KEY_BYTES_H_
#define BURSAR_SERVER_SEALING_KEY_BYTES_H_

#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

class KeyBytes {
 public:
  /// Fails where there is no memory for it, or libsodium finds no source of
  /// randomness.
  static absl::StatusOr<KeyBytes> Copy(const Secret& key);

  /// The key. Valid while this object lives.
  absl::string_view Expose() const { return {bytes_.get(), size_}; }

  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(char* bytes) const;
  };

  KeyBytes(char* bytes, std::size_t size) : bytes_(bytes), size_(size) {}

  std::unique_ptr<char, Free> bytes_;
  std::size_t size_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEY_BYTES_H_

#include "server/sealing/key_bytes.h"

#include <sodium.h>

#include <cstring>

namespace bursar {

void KeyBytes::Free::operator()(char* bytes) const { sodium_free(bytes); }

absl::StatusOr<KeyBytes> KeyBytes::Copy(const Secret& key) {
  if (sodium_init() < 0) {
    return absl::InternalError("libsodium cannot start: no random source");
  }
  char* bytes = static_cast<char*>(sodium_malloc(key.size()));
  if (bytes == nullptr) {
    return absl::ResourceExhaustedError("there is no memory for a key");
  }
  std::memcpy(bytes, key.Expose().data(), key.size());
  sodium_mprotect_readonly(bytes);
  return KeyBytes(bytes, key.size());
}

}  // namespace bursar

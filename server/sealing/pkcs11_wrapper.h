// Keys wrapped by an AES key that never leaves its PKCS#11 token (AES-GCM, the
// ring key's id as associated data). The module is loaded when it is needed,
// and the token logged out of when this object goes. The only code that speaks
// PKCS#11. Not thread-safe, and one at a time: the module is the process's.

#ifndef BURSAR_SERVER_SEALING_PKCS11_WRAPPER_H_
#define BURSAR_SERVER_SEALING_PKCS11_WRAPPER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/sealing/key_wrapper.h"

namespace bursar {

struct Pkcs11Settings {
  /// Path of the module, a shared library.
  std::string module;
  std::string token_label;
  std::string key_label;
  /// The PIN stands in it, on a line of its own.
  std::string pin_file;
};

class Pkcs11Wrapper final : public KeyWrapper {
 public:
  /// Logs in and finds the key. An error says what is missing, and nothing of
  /// the PIN.
  static absl::StatusOr<std::unique_ptr<Pkcs11Wrapper>> Open(
      const Pkcs11Settings& settings);

  ~Pkcs11Wrapper() override;

  absl::StatusOr<std::string> Wrap(const Secret& key,
                                   absl::string_view key_id) override;
  absl::StatusOr<Secret> Unwrap(absl::string_view wrapped,
                                absl::string_view key_id) override;

 private:
  struct Session;

  explicit Pkcs11Wrapper(std::unique_ptr<Session> session);

  const std::unique_ptr<Session> session_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_PKCS11_WRAPPER_H_

// Makes every value the sandbox gives away, and remembers all of them, so that
// a test can search logs and files for each. They are plain strings: nothing
// the sandbox issues opens anything, and whoever asks gets the list.
// Not thread-safe.

#ifndef BURSAR_SANDBOX_ISSUER_H_
#define BURSAR_SANDBOX_ISSUER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "server/base/random.h"

namespace bursar::sandbox {

class Issuer {
 public:
  struct Value {
    /// access_token, refresh_token, code, client_secret, device_code,
    /// user_code; state and code_verifier are what clients sent.
    std::string kind;
    std::string value;
  };

  /// `random` outlives this object.
  explicit Issuer(Random& random) : random_(random) {}

  /// A token or code: 1000.<32 hex>.<32 hex>.
  std::string Token(absl::string_view kind);
  std::string ClientId();
  std::string ClientSecret();
  /// What a person types on another device: eight letters with a dash.
  std::string UserCode();
  /// Unguessable and not remembered: for a form.
  std::string FormToken();

  /// Remembers a secret that came from a client.
  void Remember(absl::string_view kind, absl::string_view value);

  const std::vector<Value>& values() const { return values_; }

 private:
  std::string Hex(std::size_t digits);
  std::string Letters(std::size_t count, absl::string_view alphabet);

  Random& random_;
  std::vector<Value> values_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_ISSUER_H_

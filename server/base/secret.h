// A value that must not be seen: a token, a code, a client secret, a key.
//
// Owns its bytes and wipes them when it goes. It has no print operator, no
// conversion and no copy constructor: `Expose()` is the only way to the value,
// so that one search finds every exposure. Thread-safe like a const string.

#ifndef BURSAR_SERVER_BASE_SECRET_H_
#define BURSAR_SERVER_BASE_SECRET_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

class Secret {
 public:
  /// An empty secret.
  Secret() = default;

  /// Takes over `value`: the caller's string is wiped.
  static Secret Take(std::string&& value);

  /// Copies `value`, whose owner remains responsible for wiping it.
  static Secret Copy(absl::string_view value);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// A second secret with the same value.
  Secret Clone() const { return Copy(Expose()); }

  /// The value. Valid while this object lives and is not assigned to.
  absl::string_view Expose() const { return {bytes_.get(), size_}; }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  /// Compares in time that depends on the sizes alone.
  friend bool operator==(const Secret& a, const Secret& b);

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

/// Overwrites `value` with zeros, in a way the compiler does not remove, and
/// empties it. For strings that held a secret for a moment.
void Wipe(std::string& value);

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_SECRET_H_

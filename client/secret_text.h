// Bytes of the client library that must not be seen. Owns them on the heap,
// wipes them when it goes, has no print operator. Immutable, so thread-safe.

#ifndef BURSAR_CLIENT_SECRET_TEXT_H_
#define BURSAR_CLIENT_SECRET_TEXT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar::client {

class SecretText {
 public:
  /// Takes over `value`: the caller's string is wiped.
  explicit SecretText(std::string&& value);

  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText();

  /// The bytes, for as long as this object lives.
  absl::string_view Expose() const { return {bytes_.get(), size_}; }

 private:
  // Not a std::string: that keeps short values inside the object, where
  // whatever prints the object's bytes would show them.
  const std::size_t size_;
  const std::unique_ptr<char[]> bytes_;
};

/// Overwrites `value` in a way the compiler does not remove, and empties it.
void Wipe(std::string& value);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_SECRET_TEXT_H_

#include "server/identity/base64url.h"

#include "absl/strings/escaping.h"

namespace bursar {

std::optional<std::string> DecodeBase64Url(absl::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(text, &bytes)) return std::nullopt;
  // abseil takes blanks, padding and stray last bits; two spellings of a token
  // would be two tokens.
  if (absl::WebSafeBase64Escape(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace bursar

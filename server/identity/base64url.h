// Base64url as JOSE writes it (RFC 7515 section 2): no padding, no blanks, one
// spelling for each value. Pure.

#ifndef BURSAR_SERVER_IDENTITY_BASE64URL_H_
#define BURSAR_SERVER_IDENTITY_BASE64URL_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

/// The bytes that `text` spells, or nothing if it is not their one spelling.
std::optional<std::string> DecodeBase64Url(absl::string_view text);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_BASE64URL_H_

// Addresses to listen on and URLs to call, taken apart strictly. Only a literal
// address counts as loopback: a name is whatever a resolver makes of it. Pure;
// no locking.

#ifndef BURSAR_SERVER_CONFIG_ADDRESS_H_
#define BURSAR_SERVER_CONFIG_ADDRESS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

/// "HOST:PORT", or "[HOST]:PORT" for IPv6; a name, or a literal address.
struct HostPort {
  std::string host;  ///< Without brackets.
  uint16_t port = 0;
};

std::optional<HostPort> ParseHostPort(absl::string_view text);

/// Whether `host` is an IPv4 or IPv6 address rather than a name.
bool IsLiteral(const std::string& host);

/// Whether `host` is an address within 127.0.0.0/8 or ::1.
bool IsLoopbackLiteral(const std::string& host);

/// An absolute http or https URL without user, query or fragment.
struct Url {
  bool https = false;
  std::string host;  ///< Without brackets.
  /// Empty, or begins with a slash.
  std::string path;
};

std::optional<Url> ParseUrl(absl::string_view text);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_ADDRESS_H_

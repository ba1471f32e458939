// An address to listen on, taken apart. Pure; no locking.

#ifndef BURSAR_SERVER_WEB_HOST_AND_PORT_H_
#define BURSAR_SERVER_WEB_HOST_AND_PORT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

struct HostAndPort {
  /// Without the brackets of an IPv6 address.
  std::string host;
  int port = 0;
};

/// Takes "HOST:PORT" or "[IPV6]:PORT" apart; nothing for what is neither.
std::optional<HostAndPort> SplitAddress(absl::string_view address);

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_HOST_AND_PORT_H_

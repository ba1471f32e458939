#include "server/web/host_and_port.h"

#include "absl/strings/numbers.h"

namespace bursar {

std::optional<HostAndPort> SplitAddress(absl::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return std::nullopt;
  absl::string_view host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  HostAndPort result{std::string(host), 0};
  if (host.empty() ||
      !absl::SimpleAtoi(address.substr(colon + 1), &result.port) ||
      result.port < 0 || result.port > 65535) {
    return std::nullopt;
  }
  return result;
}

}  // namespace bursar

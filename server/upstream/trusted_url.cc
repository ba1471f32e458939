#include "server/upstream/trusted_url.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "server/base/host_name.h"

namespace bursar {
namespace {

// What follows the scheme, up to the path or query.
absl::string_view AuthorityOf(absl::string_view rest) {
  return rest.substr(0, std::min(rest.find_first_of("/?"), rest.size()));
}

bool IsPort(absl::string_view text) {
  int port = 0;
  return text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, &port) && port > 0 && port <= 65535;
}

// The host of `host`, `host:port` or `[address]:port`; empty if it is none.
absl::string_view HostOf(absl::string_view authority) {
  const std::size_t end = authority.rfind(']');
  const bool bracketed = end != absl::string_view::npos;
  const std::size_t colon = authority.find(':', bracketed ? end : 0);
  const absl::string_view host =
      authority.substr(0, std::min(colon, authority.size()));
  if (colon != absl::string_view::npos && !IsPort(authority.substr(colon + 1)))
    return "";
  return host;
}

std::optional<in6_addr> Address6(absl::string_view host) {
  in6_addr address;
  if (!absl::ConsumePrefix(&host, "[") || !absl::ConsumeSuffix(&host, "]") ||
      inet_pton(AF_INET6, std::string(host).c_str(), &address) != 1) {
    return std::nullopt;
  }
  return address;
}

bool IsName(absl::string_view host) {
  return !host.empty() && IsUnambiguousHost(host) &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  c == '-' || c == '.' || c == '_';
         });
}

bool IsLoopback(absl::string_view host) {
  if (host == "localhost") return true;
  if (const auto address = Address6(host)) {
    return IN6_IS_ADDR_LOOPBACK(&*address);
  }
  in_addr address;
  return inet_pton(AF_INET, std::string(host).c_str(), &address) == 1 &&
         (ntohl(address.s_addr) >> 24) == 127;
}

bool IsPlain(absl::string_view url) {
  return std::all_of(url.begin(), url.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != '\\' && c != '#';
  });
}

}  // namespace

bool IsTrustedUrl(absl::string_view url) {
  if (IsLoopbackUrl(url)) return true;
  if (!IsPlain(url) || !absl::ConsumePrefix(&url, "https://")) return false;
  const absl::string_view host = HostOf(AuthorityOf(url));
  return IsName(host) || Address6(host);
}

bool IsLoopbackUrl(absl::string_view url) {
  return IsPlain(url) && absl::ConsumePrefix(&url, "http://") &&
         IsLoopback(HostOf(AuthorityOf(url)));
}

}  // namespace bursar

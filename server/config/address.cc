#include "server/config/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/host_name.h"

namespace bursar {
namespace {

bool IsIpv6(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

// RFC 1123 section 2.1, or a literal IPv4 address.
bool IsName(absl::string_view host) {
  return !host.empty() && host.front() != '-' && host.front() != '.' &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  c == '-' || c == '.';
         });
}

std::optional<uint16_t> ParsePort(absl::string_view text) {
  uint32_t port = 0;
  if (text.empty() || text.size() > 5 || !absl::ascii_isdigit(text.front()) ||
      !absl::SimpleAtoi(text, &port) || port > UINT16_MAX) {
    return std::nullopt;
  }
  return static_cast<uint16_t>(port);
}

}  // namespace

std::optional<HostPort> ParseHostPort(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos) return std::nullopt;
  const std::optional<uint16_t> port = ParsePort(text.substr(colon + 1));
  absl::string_view host = text.substr(0, colon);
  if (!port) return std::nullopt;
  if (absl::ConsumePrefix(&host, "[")) {
    if (!absl::ConsumeSuffix(&host, "]") || !IsIpv6(std::string(host))) {
      return std::nullopt;
    }
  } else if (!IsName(host)) {
    return std::nullopt;
  }
  return HostPort{std::string(host), *port};
}

bool IsLiteral(const std::string& host) {
  in_addr v4{};
  return inet_pton(AF_INET, host.c_str(), &v4) == 1 || IsIpv6(host);
}

bool IsLoopbackLiteral(const std::string& host) {
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    return (ntohl(v4.s_addr) >> 24) == 127;
  }
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 &&
         IN6_IS_ADDR_LOOPBACK(&v6);
}

std::optional<Url> ParseUrl(absl::string_view text) {
  Url url;
  if (absl::ConsumePrefix(&text, "https://")) {
    url.https = true;
  } else if (!absl::ConsumePrefix(&text, "http://")) {
    return std::nullopt;
  }
  const bool is_clean = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c));
  });
  if (!is_clean || text.find_first_of("@?#\\") != absl::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t slash = std::min(text.find('/'), text.size());
  url.path = std::string(text.substr(slash));
  const std::string authority(text.substr(0, slash));
  const bool has_port =
      authority.rfind(':') != std::string::npos && authority.back() != ']';
  const std::optional<HostPort> place =
      ParseHostPort(has_port ? authority : absl::StrCat(authority, ":0"));
  // A listener may have any port; nobody is called at port 0.
  if (!place || (has_port && place->port == 0)) return std::nullopt;
  const bool is_address6 = authority.front() == '[';
  if (!is_address6 && !IsUnambiguousHost(place->host)) return std::nullopt;
  url.host = place->host;
  return url;
}

}  // namespace bursar

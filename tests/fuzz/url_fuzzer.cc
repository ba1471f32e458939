// URLs that credentials may go to, and addresses, judged by our readers; and
// what curl, which would connect, takes them for.

#include <arpa/inet.h>
#include <curl/curl.h>

#include <array>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "server/config/address.h"
#include "server/upstream/trusted_url.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

// A part of the URL as curl reads it; empty if there is none.
std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string result = text;
  curl_free(text);
  return result;
}

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "[::1]" ||
         absl::StartsWith(host, "127.");
}

// The address that `[...]` at the front of `text` names, if it does.
std::optional<std::array<unsigned char, 16>> BracketedAddress(
    absl::string_view text) {
  const std::size_t end = text.find(']');
  if (!absl::StartsWith(text, "[") || end == absl::string_view::npos) return {};
  std::array<unsigned char, 16> address;
  const std::string literal(text.substr(1, end - 1));
  if (inet_pton(AF_INET6, literal.c_str(), address.data()) != 1) return {};
  return address;
}

// curl writes an IPv6 address its own way: [::f:7f00:1] for [::f:127.0.0.1].
bool BeginsWithHost(absl::string_view authority, const std::string& host) {
  if (absl::StartsWithIgnoreCase(authority, host)) return true;
  const auto address = BracketedAddress(host);
  return address && address == BracketedAddress(authority);
}

void CheckTrusted(const std::string& text, CURLU* url) {
  if (curl_url_set(url, CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return;  // Nothing is sent.
  }
  Must(PartOf(url, CURLUPART_USER).empty() &&
           PartOf(url, CURLUPART_PASSWORD).empty(),
       "a trusted URL names no user");
  const std::string scheme = PartOf(url, CURLUPART_SCHEME);
  const std::string host = PartOf(url, CURLUPART_HOST);
  Must(scheme == "https" || (scheme == "http" && IsThisMachine(host)),
       "clear text stays on this machine");
  Must(IsLoopbackUrl(text) == (scheme == "http"),
       "only a loopback URL is in clear text");
  const std::size_t begin = text.find("://") + 3;
  Must(BeginsWithHost(absl::string_view(text).substr(begin), host),
       "curl connects to the host that was judged");
}

void CheckConfigured(const std::string& text, const Url& url) {
  Must(!url.host.empty(), "a URL has a host");
  Must(url.path.empty() || url.path.front() == '/',
       "a path begins with a slash");
  if (url.https || IsLoopbackLiteral(url.host)) {
    Must(IsTrustedUrl(text), "what the configuration lets in is trusted later");
  }
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  const std::string text(FuzzInput(data, size).Rest());
  if (IsLoopbackUrl(text)) {
    Must(IsTrustedUrl(text), "a loopback URL is a trusted one");
  }
  if (IsTrustedUrl(text)) {
    CURLU* url = curl_url();
    CheckTrusted(text, url);
    curl_url_cleanup(url);
  }
  if (const auto url = ParseUrl(text)) CheckConfigured(text, *url);
  if (const auto place = ParseHostPort(text)) {
    Must(!place->host.empty(), "an address has a host");
  }
  return 0;
}

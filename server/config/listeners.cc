#include "server/config/listeners.h"

#include <optional>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/config/address.h"
#include "server/config/yaml_map.h"

namespace bursar {
namespace {

constexpr absl::string_view kUnixPrefix = "unix:";

std::string RequirePem(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> file = keys.Require(key);
  return file ? file->ReadablePath().value_or("") : "";
}

// Only RPC callers show certificates.
enum class ClientCertificates { kNever, kIfNamed };

std::optional<TlsFiles> ReadTls(const YamlMap& listener,
                                ClientCertificates certificates) {
  const std::optional<YamlReader> section = listener.Find("tls");
  if (!section) return std::nullopt;
  const YamlMap keys = section->Map();
  TlsFiles files;
  files.certificate_file = RequirePem(keys, "certificate_file");
  files.key_file = RequirePem(keys, "key_file");
  if (certificates == ClientCertificates::kNever) return files;
  if (const auto ca = keys.Find("client_ca_file")) {
    files.client_ca_file = ca->ReadablePath().value_or("");
  }
  if (const auto revoked = keys.Find("client_crl_file")) {
    files.client_crl_file = revoked->ReadablePath().value_or("");
    if (!keys.Find("client_ca_file")) {
      revoked->Fail("needs client_ca_file: whose certificates are meant");
    }
  }
  return files;
}

// Notes an error unless tokens and codes stay unreadable for others on the way.
void CheckClearText(const YamlReader& address, bool is_allowed) {
  if (is_allowed) return;
  address.Fail(
      "would speak clear text beyond this machine, where others can read the "
      "tokens: give the listener tls, or a loopback address (127.0.0.1, not a "
      "name), or say clear_text_beyond_loopback: true");
}

// What a listener says of who may come in, beside its address.
void ReadAdmission(const YamlMap& keys, RpcListener& listener) {
  listener.tls = ReadTls(keys, ClientCertificates::kIfNamed);
  listener.anonymous = keys.BoolOr("anonymous", false);
  const auto certificates = keys.Find("client_certificates");
  if (!certificates) return;
  listener.client_certificate_optional =
      certificates->Word({"required", "optional"}) == "optional";
  if (!listener.tls || listener.tls->client_ca_file.empty()) {
    certificates->Fail("needs tls with client_ca_file");
  }
}

void CheckAnonymous(const YamlMap& keys, bool is_loopback) {
  if (is_loopback) return;
  keys.Find("anonymous")
      ->Fail(
          "is for loopback addresses alone (127.0.0.1, not a name): elsewhere "
          "a "
          "caller says who it is");
}

void CheckPlace(const YamlMap& keys, const YamlReader& address,
                const RpcListener& listener, bool may_be_clear) {
  const std::optional<HostPort> place = ParseHostPort(listener.address);
  if (!place) {
    if (listener.address.empty()) return;
    return address.Fail("must be unix:PATH, HOST:PORT or [IPV6]:PORT");
  }
  const bool is_loopback = IsLoopbackLiteral(place->host);
  CheckClearText(address, listener.tls || is_loopback || may_be_clear);
  if (listener.anonymous) CheckAnonymous(keys, is_loopback);
  if (listener.tls && !IsLiteral(place->host)) {
    address.Fail(
        "must have a literal address for its host, such as 0.0.0.0 or [::]: a "
        "name may stand for several");
  }
}

RpcListener ReadRpcListener(const YamlReader& item) {
  RpcListener listener;
  const YamlMap keys = item.Map();
  ReadAdmission(keys, listener);
  const bool may_be_clear = keys.BoolOr("clear_text_beyond_loopback", false);
  const std::optional<YamlReader> address = keys.Require("address");
  const std::string text = address ? address->Text().value_or("") : "";
  if (absl::StartsWith(text, kUnixPrefix)) {
    const std::string path = text.substr(kUnixPrefix.size());
    listener.address = absl::StrCat(kUnixPrefix, address->Resolve(path));
    if (path.empty()) address->Fail("must name a path after unix:");
    if (listener.anonymous) CheckAnonymous(keys, false);
    if (listener.tls) item.Fail("speaks no TLS at a unix socket");
    return listener;
  }
  listener.address = text;
  if (address) CheckPlace(keys, *address, listener, may_be_clear);
  return listener;
}

void CheckPublicUrl(const YamlReader& value, const std::string& text) {
  const std::optional<Url> url = ParseUrl(text);
  if (!url) {
    value.Fail("must be an https URL without user, query and fragment");
  } else if (!url->https && !IsLoopbackLiteral(url->host)) {
    value.Fail(
        "must begin with https://, for codes come back through it; http:// is "
        "for loopback addresses alone");
  } else if (absl::EndsWith(url->path, "/")) {
    value.Fail("must not end with a slash");
  }
}

}  // namespace

std::vector<RpcListener> ReadRpcListeners(const YamlReader& list) {
  std::vector<RpcListener> listeners;
  std::set<std::string> addresses;
  for (const YamlReader& item : list.Items()) {
    RpcListener listener = ReadRpcListener(item);
    // Port 0 is another one each time.
    if (!addresses.insert(listener.address).second &&
        !absl::EndsWith(listener.address, ":0")) {
      item.Fail("has the address of another listener");
    }
    listeners.push_back(std::move(listener));
  }
  if (listeners.empty()) list.Fail("must name a listener at least");
  return listeners;
}

WebListener ReadWebListener(const YamlReader& section) {
  WebListener web;
  const YamlMap keys = section.Map();
  web.tls = ReadTls(keys, ClientCertificates::kNever);
  const bool may_be_clear = keys.BoolOr("clear_text_beyond_loopback", false);
  const std::optional<YamlReader> public_url = keys.Find("public_url");
  if (public_url) {
    web.public_url = public_url->Text().value_or("");
    if (!web.public_url.empty()) CheckPublicUrl(*public_url, web.public_url);
  }
  const std::optional<YamlReader> address = keys.Require("address");
  web.address = address ? address->Text().value_or("") : "";
  const std::optional<HostPort> place = ParseHostPort(web.address);
  if (place) {
    const bool is_loopback = IsLoopbackLiteral(place->host);
    CheckClearText(*address, web.tls || is_loopback || may_be_clear);
    if (!public_url && !is_loopback) {
      keys.Fail("lacks the key public_url: how browsers reach this listener");
    }
  } else if (!web.address.empty()) {
    address->Fail("must be HOST:PORT or [IPV6]:PORT");
  }
  return web;
}

MetricsListener ReadMetricsListener(const YamlReader& section) {
  MetricsListener metrics;
  const YamlMap keys = section.Map();
  const bool may_be_clear = keys.BoolOr("clear_text_beyond_loopback", false);
  const std::optional<YamlReader> address = keys.Require("address");
  metrics.address = address ? address->Text().value_or("") : "";
  const std::optional<HostPort> place = ParseHostPort(metrics.address);
  if (!place && !metrics.address.empty()) {
    address->Fail("must be HOST:PORT or [IPV6]:PORT");
  } else if (place && !IsLoopbackLiteral(place->host) && !may_be_clear) {
    address->Fail(
        "would tell everybody beyond this machine the names of clients, in "
        "clear text: give a loopback address (127.0.0.1, not a name), or say "
        "clear_text_beyond_loopback: true");
  }
  return metrics;
}

}  // namespace bursar

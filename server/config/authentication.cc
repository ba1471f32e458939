#include "server/config/authentication.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "server/config/endpoints.h"
#include "server/config/yaml_map.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxClusterName = 63;
constexpr Within<absl::Duration> kReviewLifetimes = {absl::Seconds(1),
                                                     absl::Minutes(10)};

bool IsClusterName(const std::string& name) {
  return name.size() <= kMaxClusterName &&
         std::all_of(name.begin(), name.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) ||
                  c == '-';
         });
}

std::string RequireText(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> value = keys.Require(key);
  return value ? value->Text().value_or("") : "";
}

std::string UrlOr(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> value = keys.Find(key);
  std::string url = value ? value->Text().value_or("") : "";
  if (!url.empty()) CheckEndpointUrl(*value, url);
  return url;
}

std::string FileOr(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> file = keys.Find(key);
  return file ? file->ReadablePath().value_or("") : "";
}

KubernetesIssuer ReadIssuer(const YamlReader& item) {
  KubernetesIssuer issuer;
  const YamlMap keys = item.Map();
  const std::optional<YamlReader> name = keys.Require("name");
  issuer.name = name ? name->Text().value_or("") : "";
  if (!IsClusterName(issuer.name)) {
    name->Fail("must be at most 63 lower-case letters, digits and hyphens");
  }
  issuer.issuer = RequireText(keys, "issuer");
  issuer.audience = RequireText(keys, "audience");
  issuer.jwks_url = UrlOr(keys, "jwks_url");
  issuer.token_review_url = UrlOr(keys, "token_review_url");
  if (issuer.jwks_url.empty() == issuer.token_review_url.empty()) {
    keys.Fail("must have one of jwks_url and token_review_url");
  }
  issuer.review_lifetime = keys.DurationOr(
      "review_lifetime", issuer.review_lifetime, kReviewLifetimes);
  issuer.ca_file = FileOr(keys, "ca_file");
  issuer.token_file = FileOr(keys, "token_file");
  return issuer;
}

}  // namespace

AuthenticationSettings ReadAuthentication(const YamlReader& section) {
  AuthenticationSettings settings;
  const YamlMap keys = section.Map();
  settings.api_keys = keys.BoolOr("api_keys", settings.api_keys);
  const std::optional<YamlReader> clusters = keys.Find("kubernetes");
  if (!clusters) return settings;
  std::set<std::string> names;
  std::set<std::string> issuers;
  for (const YamlReader& item : clusters->Items()) {
    KubernetesIssuer issuer = ReadIssuer(item);
    if (!names.insert(issuer.name).second) {
      item.Fail("has the name of another cluster");
    }
    // A token says whose it is by this alone.
    if (!issuers.insert(issuer.issuer).second) {
      item.Fail("has the issuer of another cluster");
    }
    settings.kubernetes.push_back(std::move(issuer));
  }
  return settings;
}

}  // namespace bursar

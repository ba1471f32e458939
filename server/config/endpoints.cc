#include "server/config/endpoints.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "server/config/address.h"
#include "server/config/choice.h"

namespace bursar {
namespace {

bool IsPath(const std::string& text) {
  return text.front() == '/' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isgraph(static_cast<unsigned char>(c)) &&
                  c != '?' && c != '#';
         });
}

// Whoever names data centres of their own never reaches another's.
Provider ForgetWhereItWas(Provider provider) {
  provider.issuer.clear();
  const auto forget = [](Endpoint& endpoint) {
    if (IsAbsolute(endpoint)) endpoint.clear();
  };
  forget(provider.authorization_endpoint);
  forget(provider.token_endpoint);
  if (provider.revocation) forget(provider.revocation->endpoint);
  if (provider.device) {
    forget(provider.device->endpoint);
    forget(provider.device->token_endpoint);
  }
  return provider;
}

}  // namespace

Provider AtItsIssuer(Provider provider) {
  if (provider.discovered || provider.issuer.empty() ||
      !provider.data_centers.empty()) {
    return provider;
  }
  provider.default_data_center = DataCenter("main");
  provider.data_centers[provider.default_data_center].accounts_server =
      std::string(absl::StripSuffix(provider.issuer, "/"));
  return provider;
}

Provider ApplyEndpoints(Provider provider, const YamlMap& keys) {
  if (keys.Find("data_centers")) {
    provider = ForgetWhereItWas(std::move(provider));
  }
  if (const auto issuer = keys.Find("issuer")) {
    provider.issuer = issuer->Text().value_or("");
    CheckEndpointUrl(*issuer, provider.issuer);
  }
  provider.discovered = !keys.BoolOr("discovery", !provider.discovered);
  provider.authorization_endpoint = EndpointOr(keys, "authorization_endpoint",
                                               provider.authorization_endpoint);
  provider.token_endpoint =
      EndpointOr(keys, "token_endpoint", provider.token_endpoint);
  return provider;
}

bool IsAbsolute(const Endpoint& endpoint) {
  return absl::StrContains(endpoint, "://");
}

Endpoint EndpointOr(const YamlMap& keys, const std::string& key,
                    Endpoint otherwise) {
  const std::optional<YamlReader> value = keys.Find(key);
  if (!value) return otherwise;
  Endpoint endpoint = value->Text().value_or("/");
  if (IsAbsolute(endpoint)) {
    CheckEndpointUrl(*value, endpoint);
  } else if (!IsPath(endpoint)) {
    value->Fail("must be a path: /, then no blank, ? or #; or an https URL");
  }
  return endpoint;
}

ParameterPlace ParameterPlaceOr(const YamlMap& keys, const std::string& key,
                                ParameterPlace otherwise) {
  return ChoiceOr<ParameterPlace>(
      keys, key, otherwise,
      {{"body", ParameterPlace::kBody}, {"query", ParameterPlace::kQuery}});
}

void CheckEndpointUrl(const YamlReader& value, const std::string& text) {
  const std::optional<Url> url = ParseUrl(text);
  if (!url) {
    value.Fail("must be an https URL without user, query and fragment");
  } else if (!url->https && !IsLoopbackLiteral(url->host)) {
    value.Fail(
        "must begin with https://, for secrets are sent there; http:// is for "
        "loopback addresses alone (127.0.0.1, not a name)");
  }
}

}  // namespace bursar

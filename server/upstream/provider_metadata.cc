#include "server/upstream/provider_metadata.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/upstream/answer_body.h"
#include "server/upstream/trusted_url.h"

namespace bursar {
namespace {

using nlohmann::json;

// Nothing if the metadata has no such list.
std::optional<std::vector<std::string>> ListMember(const json& metadata,
                                                   const char* name) {
  const auto found = metadata.find(name);
  if (found == metadata.end() || !found->is_array()) return std::nullopt;
  std::vector<std::string> values;
  for (const json& value : *found) {
    if (value.is_string()) values.push_back(value.get<std::string>());
  }
  return values;
}

// Whether it says so itself; saying nothing is no.
bool Claims(const json& metadata, const char* name) {
  const auto found = metadata.find(name);
  return found != metadata.end() && *found == true;
}

bool Has(const std::vector<std::string>& values, absl::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Empty if the metadata has no such endpoint.
absl::StatusOr<Endpoint> EndpointMember(const json& metadata,
                                        const char* name) {
  const Endpoint endpoint = TextMember(metadata, name).value_or("");
  if (!endpoint.empty() && !IsTrustedUrl(endpoint)) {
    return absl::InvalidArgumentError(
        absl::StrCat("its ", name, " is not an https URL"));
  }
  return endpoint;
}

absl::Status Complete(const json& metadata, const char* name,
                      Endpoint& endpoint) {
  if (!endpoint.empty()) return absl::OkStatus();
  absl::StatusOr<Endpoint> found = EndpointMember(metadata, name);
  if (!found.ok()) return found.status();
  if (found->empty()) {
    return absl::InvalidArgumentError(absl::StrCat("it has no ", name));
  }
  endpoint = *std::move(found);
  return absl::OkStatus();
}

// One of the ways that are listed under `name`, `preferred` before others; no
// list means Basic alone. Nothing if the broker knows none of them.
std::optional<ClientAuthentication> Choose(const json& metadata,
                                           const char* name,
                                           ClientAuthentication preferred) {
  const std::vector<std::string> listed =
      ListMember(metadata, name)
          .value_or(std::vector<std::string>{"client_secret_basic"});
  const bool basic = Has(listed, "client_secret_basic");
  const bool body = Has(listed, "client_secret_post");
  if (basic && preferred == ClientAuthentication::kBasic) return preferred;
  if (body) return ClientAuthentication::kBody;
  if (basic) return ClientAuthentication::kBasic;
  // A client without a secret names itself whatever is chosen here.
  if (Has(listed, "none")) return preferred;
  return std::nullopt;
}

absl::Status CompleteRevocation(const json& metadata, Provider& provider) {
  if (provider.revocation) return absl::OkStatus();
  absl::StatusOr<Endpoint> endpoint =
      EndpointMember(metadata, "revocation_endpoint");
  if (!endpoint.ok()) return endpoint.status();
  const auto means =
      Choose(metadata, "revocation_endpoint_auth_methods_supported",
             provider.client_authentication);
  if (endpoint->empty() || !means) return absl::OkStatus();
  provider.revocation = RevocationRule{*std::move(endpoint)};
  if (metadata.contains("revocation_endpoint_auth_methods_supported")) {
    provider.revocation->client_authentication = means;
  }
  return absl::OkStatus();
}

// RFC 8628 section 4.
absl::Status CompleteDevice(const json& metadata, Provider& provider) {
  if (provider.device && !provider.device->endpoint.empty()) {
    return absl::OkStatus();
  }
  absl::StatusOr<Endpoint> endpoint =
      EndpointMember(metadata, "device_authorization_endpoint");
  if (!endpoint.ok()) return endpoint.status();
  if (endpoint->empty()) {
    provider.device.reset();
    return absl::OkStatus();
  }
  if (!provider.device) provider.device.emplace();
  provider.device->endpoint = *std::move(endpoint);
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> MetadataUrls(absl::string_view issuer) {
  const absl::string_view base = absl::StripSuffix(issuer, "/");
  const std::size_t path = base.find('/', base.find("://") + 3);
  const absl::string_view host = base.substr(0, path);
  const absl::string_view rest = base.substr(host.size());
  return {absl::StrCat(base, "/.well-known/openid-configuration"),
          absl::StrCat(host, "/.well-known/oauth-authorization-server", rest)};
}

absl::StatusOr<Provider> CompleteFromMetadata(Provider provider,
                                              absl::string_view document) {
  const std::optional<json> metadata = ParseObject(document);
  if (!metadata) return absl::InvalidArgumentError("it is no JSON object");
  if (TextMember(*metadata, "issuer") != provider.issuer) {
    return absl::InvalidArgumentError("it is another issuer's");
  }
  absl::Status status = Complete(*metadata, "authorization_endpoint",
                                 provider.authorization_endpoint);
  status.Update(Complete(*metadata, "token_endpoint", provider.token_endpoint));
  const auto means = Choose(*metadata, "token_endpoint_auth_methods_supported",
                            provider.client_authentication);
  if (means) {
    provider.client_authentication = *means;
  } else {
    status.Update(absl::InvalidArgumentError(
        "it takes neither client_secret_basic nor client_secret_post"));
  }
  status.Update(CompleteRevocation(*metadata, provider));
  status.Update(CompleteDevice(*metadata, provider));
  if (!status.ok()) return status;
  if (const auto challenges =
          ListMember(*metadata, "code_challenge_methods_supported")) {
    provider.pkce = provider.pkce && Has(*challenges, "S256");
  }
  provider.names_issuer =
      Claims(*metadata, "authorization_response_iss_parameter_supported");
  provider.discovered = true;
  return provider;
}

}  // namespace bursar

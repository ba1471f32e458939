#include "server/config/provider_descriptor.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/config/choice.h"
#include "server/config/data_centers.h"
#include "server/config/descriptor_maps.h"
#include "server/config/device_rule.h"
#include "server/config/endpoints.h"
#include "server/config/limits.h"
#include "server/config/revocation_rule.h"

namespace bursar {
namespace {

constexpr Within<absl::Duration> kLifetimes = {absl::Seconds(1),
                                               absl::Hours(24 * 365)};

Provider ApplyTokenCall(Provider provider, const YamlMap& keys) {
  provider.client_authentication = ChoiceOr<ClientAuthentication>(
      keys, "client_authentication", provider.client_authentication,
      {{"body", ClientAuthentication::kBody},
       {"query", ClientAuthentication::kQuery},
       {"basic", ClientAuthentication::kBasic}});
  provider.token_parameters =
      ParameterPlaceOr(keys, "token_parameters", provider.token_parameters);
  provider.may_rotate = keys.BoolOr("may_rotate", provider.may_rotate);
  provider.rotation_grace =
      keys.DurationOr("rotation_grace", provider.rotation_grace,
                      {absl::ZeroDuration(), kLifetimes.most});
  provider.narrows = keys.BoolOr("narrows", provider.narrows);
  provider.redirect_uri_on_refresh =
      keys.BoolOr("redirect_uri_on_refresh", provider.redirect_uri_on_refresh);
  provider.scope_on_refresh =
      keys.BoolOr("scope_on_refresh", provider.scope_on_refresh);
  provider.scope_on_exchange =
      keys.BoolOr("scope_on_exchange", provider.scope_on_exchange);
  provider.state_on_exchange =
      keys.BoolOr("state_on_exchange", provider.state_on_exchange);
  return provider;
}

std::optional<ClientCredentialsRule> ApplyClientCredentials(
    std::optional<ClientCredentialsRule> rule, const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("client_credentials");
  if (!value) return rule;
  if (value->IsNull()) return std::nullopt;
  const YamlMap entries = value->Map();
  ClientCredentialsRule changed = rule.value_or(ClientCredentialsRule());
  changed.organization_parameter =
      entries.TextOr("organization_parameter", changed.organization_parameter);
  return changed;
}

Provider ApplyAnswers(Provider provider, const YamlMap& keys) {
  provider.authorization_scheme =
      keys.TextOr("authorization_scheme", provider.authorization_scheme);
  provider.api_domain_field =
      keys.TextOr("api_domain_field", provider.api_domain_field);
  provider.expiry_unit =
      keys.DurationOr("expiry_unit", provider.expiry_unit,
                      {absl::Milliseconds(1), absl::Hours(1)});
  provider.default_lifetime = keys.DurationOr(
      "default_lifetime", provider.default_lifetime, kLifetimes);
  provider.maximum_lifetime = keys.DurationOr(
      "maximum_lifetime", provider.maximum_lifetime, kLifetimes);
  provider.errors = ApplyErrors(std::move(provider.errors), keys);
  provider.error_fields =
      keys.TextsOr("error_fields", std::move(provider.error_fields));
  provider.revoke_superseded =
      keys.BoolOr("revoke_superseded", provider.revoke_superseded);
  provider.throttle_field =
      keys.TextOr("throttle_field", provider.throttle_field);
  provider.throttle_value =
      keys.TextOr("throttle_value", provider.throttle_value);
  provider.throttle_pause =
      keys.DurationOr("throttle_pause", provider.throttle_pause,
                      {absl::Milliseconds(1), absl::Hours(24)});
  return provider;
}

}  // namespace

Provider ApplyDescriptor(Provider provider, const YamlMap& keys) {
  provider = ApplyDataCenters(std::move(provider), keys);
  provider = ApplyEndpoints(std::move(provider), keys);
  provider.authorize_parameters = ApplyParameters(
      std::move(provider.authorize_parameters), keys, "authorize_parameters",
      {"client_id", "response_type", "redirect_uri", "scope", "state",
       "code_challenge", "code_challenge_method"});
  provider.revocation = ApplyRevocation(std::move(provider.revocation), keys);
  provider.device = ApplyDevice(std::move(provider.device), keys);
  provider.client_credentials =
      ApplyClientCredentials(std::move(provider.client_credentials), keys);
  provider.implicit = keys.BoolOr("implicit", provider.implicit);
  provider.pkce = keys.BoolOr("pkce", provider.pkce);
  provider.scopes = ApplyScopes(std::move(provider.scopes), keys);
  provider = ApplyTokenCall(std::move(provider), keys);
  provider = ApplyAnswers(std::move(provider), keys);
  return ApplyLimits(std::move(provider), keys);
}

void CheckComplete(const Provider& provider, const YamlMap& keys) {
  const auto require = [&keys](bool given, const char* key) {
    if (given) return;
    keys.Fail(absl::StrCat(
        "lacks ", key, ", which neither the descriptor nor this entry gives"));
  };
  if (provider.discovered) {
    require(!provider.authorization_endpoint.empty(), "authorization_endpoint");
    require(!provider.token_endpoint.empty(), "token_endpoint");
  } else {
    require(!provider.issuer.empty(), "issuer");
  }
  require(!provider.device || !provider.device->endpoint.empty() ||
              !provider.discovered,
          "device.endpoint");
  require(!provider.data_centers.empty() || !provider.discovered,
          "data_centers");
  if (!provider.data_centers.empty() &&
      provider.data_centers.count(provider.default_data_center) == 0) {
    keys.Fail("has a default_data_center that is not among its data_centers");
  }
  CheckRevocation(provider, keys);
  if (provider.throttle_field.empty() != provider.throttle_value.empty()) {
    keys.Fail("has only one of throttle_field and throttle_value");
  }
}

}  // namespace bursar

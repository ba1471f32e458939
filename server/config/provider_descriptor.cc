#include "server/config/provider_descriptor.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/config/choice.h"
#include "server/config/data_centers.h"
#include "server/config/descriptor_maps.h"
#include "server/config/limits.h"

namespace bursar {
namespace {

constexpr Within<absl::Duration> kLifetimes = {absl::Seconds(1),
                                               absl::Hours(24 * 365)};

ParameterPlace ParameterPlaceOr(const YamlMap& keys, const std::string& key,
                                ParameterPlace otherwise) {
  return ChoiceOr<ParameterPlace>(
      keys, key, otherwise,
      {{"body", ParameterPlace::kBody}, {"query", ParameterPlace::kQuery}});
}

// An endpoint's path, which is appended to the accounts server's URL.
std::string PathOr(const YamlMap& keys, const std::string& key,
                   std::string otherwise) {
  const std::optional<YamlReader> value = keys.Find(key);
  if (!value) return otherwise;
  std::string path = value->Text().value_or("/");
  const bool is_clean =
      path[0] == '/' && std::all_of(path.begin(), path.end(), [](char c) {
        return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '?' &&
               c != '#';
      });
  if (!is_clean) value->Fail("must be a path: /, then no blank, ? or #");
  return path;
}

std::optional<RevocationRule> ApplyRevocation(
    std::optional<RevocationRule> rule, const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Find("revocation");
  if (!value) return rule;
  if (value->IsNull()) return std::nullopt;
  const YamlMap entries = value->Map();
  RevocationRule changed = rule.value_or(RevocationRule());
  changed.endpoint = PathOr(entries, "endpoint", changed.endpoint);
  changed.parameters =
      ParameterPlaceOr(entries, "parameters", changed.parameters);
  changed.authenticated =
      entries.BoolOr("authenticated", changed.authenticated);
  if (changed.endpoint.empty()) value->Fail("lacks the key endpoint");
  return changed;
}

Provider ApplyTokenCall(Provider provider, const YamlMap& keys) {
  provider.token_endpoint =
      PathOr(keys, "token_endpoint", provider.token_endpoint);
  provider.client_authentication = ChoiceOr<ClientAuthentication>(
      keys, "client_authentication", provider.client_authentication,
      {{"body", ClientAuthentication::kBody},
       {"query", ClientAuthentication::kQuery},
       {"basic", ClientAuthentication::kBasic}});
  provider.token_parameters =
      ParameterPlaceOr(keys, "token_parameters", provider.token_parameters);
  provider.may_rotate = keys.BoolOr("may_rotate", provider.may_rotate);
  provider.redirect_uri_on_refresh =
      keys.BoolOr("redirect_uri_on_refresh", provider.redirect_uri_on_refresh);
  provider.scope_on_refresh =
      keys.BoolOr("scope_on_refresh", provider.scope_on_refresh);
  return provider;
}

Provider ApplyAnswers(Provider provider, const YamlMap& keys) {
  provider.authorization_scheme =
      keys.TextOr("authorization_scheme", provider.authorization_scheme);
  provider.expiry_unit =
      keys.DurationOr("expiry_unit", provider.expiry_unit,
                      {absl::Milliseconds(1), absl::Hours(1)});
  provider.default_lifetime = keys.DurationOr(
      "default_lifetime", provider.default_lifetime, kLifetimes);
  provider.maximum_lifetime = keys.DurationOr(
      "maximum_lifetime", provider.maximum_lifetime, kLifetimes);
  provider.errors = ApplyErrors(std::move(provider.errors), keys);
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
  provider.authorization_endpoint =
      PathOr(keys, "authorization_endpoint", provider.authorization_endpoint);
  provider.authorize_parameters =
      ApplyAuthorizeParameters(std::move(provider.authorize_parameters), keys);
  provider.pkce = keys.BoolOr("pkce", provider.pkce);
  provider.scopes = ApplyScopes(std::move(provider.scopes), keys);
  provider = ApplyTokenCall(std::move(provider), keys);
  provider.revocation = ApplyRevocation(std::move(provider.revocation), keys);
  provider = ApplyAnswers(std::move(provider), keys);
  return ApplyLimits(std::move(provider), keys);
}

void CheckComplete(const Provider& provider, const YamlMap& keys) {
  const std::string suffix =
      ", which neither the descriptor nor this entry gives";
  if (provider.authorization_endpoint.empty()) {
    keys.Fail(absl::StrCat("lacks authorization_endpoint", suffix));
  }
  if (provider.token_endpoint.empty()) {
    keys.Fail(absl::StrCat("lacks token_endpoint", suffix));
  }
  if (provider.data_centers.empty()) {
    keys.Fail(absl::StrCat("lacks data_centers", suffix));
  } else if (provider.data_centers.count(provider.default_data_center) == 0) {
    keys.Fail("has a default_data_center that is not among its data_centers");
  }
  if (provider.throttle_field.empty() != provider.throttle_value.empty()) {
    keys.Fail("has only one of throttle_field and throttle_value");
  }
}

}  // namespace bursar

// What the keys of a provider mean.

#include <optional>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"
#include "tests/unit/config/one_provider.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ProviderDescriptorTest, EveryKeyIsRead) {
  const Provider idp = LoadProvider(OAuth2(R"(default_data_center: main,
    authorize_parameters: {audience: api}, pkce: false,
    client_authentication: query, token_parameters: query,
    issuer: "https://idp.example/", may_rotate: false, rotation_grace: 30s,
    narrows: true, redirect_uri_on_refresh: true, scope_on_refresh: true,
    scope_on_exchange: true, state_on_exchange: true,
    revocation: {endpoint: /revoke, parameters: query,
      client_authentication: none, type_parameter: token_type},
    error_fields: [status, error], api_domain_field: instance_url,
    scopes: {optional: true, separator: ", ", ends_with_operation: true, implied: {A: [B]}},
    authorization_scheme: Token, expiry_unit: 1ms, default_lifetime: 2h,
    maximum_lifetime: 3h, errors: {slow: throttled, later: transient},
    throttle_field: ok, throttle_value: "no", throttle_pause: 4m,
    revoke_superseded: false, on_cap: refuse, warn_at_percent: 50, limits: [
      {counts: refresh_tokens, per: user, at_most: 6, then: evict},
      {counts: codes, per: client, at_most: 7, within: 10m}])"));
  EXPECT_EQ(idp.authorization_endpoint, "/authorize");
  EXPECT_EQ(idp.authorize_parameters.at("audience"), "api");
  EXPECT_EQ(idp.client_authentication, ClientAuthentication::kQuery);
  EXPECT_EQ(idp.token_parameters, ParameterPlace::kQuery);
  EXPECT_FALSE(idp.may_rotate);
  EXPECT_TRUE(idp.redirect_uri_on_refresh);
  EXPECT_TRUE(idp.scope_on_refresh);
  EXPECT_EQ(idp.issuer, "https://idp.example/");
  EXPECT_EQ(idp.rotation_grace, absl::Seconds(30));
  EXPECT_TRUE(idp.narrows);
  EXPECT_TRUE(idp.scope_on_exchange);
  EXPECT_TRUE(idp.state_on_exchange);
  EXPECT_EQ(idp.revocation->endpoint, "/revoke");
  EXPECT_EQ(idp.revocation->token_place, TokenPlace::kQuery);
  EXPECT_EQ(idp.revocation->client_authentication, ClientAuthentication::kNone);
  EXPECT_EQ(idp.revocation->type_parameter, "token_type");
  EXPECT_THAT(idp.error_fields, ElementsAre("status", "error"));
  EXPECT_EQ(idp.api_domain_field, "instance_url");
  EXPECT_EQ(idp.scopes.separator, ", ");
  EXPECT_TRUE(idp.scopes.optional);
  EXPECT_TRUE(idp.scopes.ends_with_operation);
  EXPECT_EQ(idp.authorization_scheme, "Token");
  EXPECT_EQ(idp.expiry_unit, absl::Milliseconds(1));
  EXPECT_EQ(idp.default_lifetime, absl::Hours(2));
  EXPECT_EQ(idp.maximum_lifetime, absl::Hours(3));
  EXPECT_EQ(idp.errors.at("slow").error_class, ErrorClass::kThrottled);
  EXPECT_EQ(idp.errors.at("later").error_class, ErrorClass::kTransient);
  EXPECT_EQ(idp.throttle_field, "ok");
  EXPECT_EQ(idp.throttle_value, "no");
  EXPECT_EQ(idp.throttle_pause, absl::Minutes(4));
  EXPECT_FALSE(idp.revoke_superseded);
  EXPECT_EQ(idp.on_cap, AtCap::kRefuse);
  EXPECT_EQ(idp.warn_at_percent, 50);
  ASSERT_EQ(idp.limits.size(), 2);
  EXPECT_EQ(idp.limits[0].per, CountedPer::kUser);
  EXPECT_EQ(idp.limits[0].then, PastLimit::kEvicts);
  EXPECT_EQ(idp.limits[0].within, std::nullopt);
  EXPECT_EQ(idp.limits[1].counted, Counted::kCodes);
  EXPECT_EQ(idp.limits[1].at_most, 7);
  EXPECT_EQ(idp.limits[1].within, absl::Minutes(10));
}

TEST(ProviderDescriptorTest, ParameterOfTheBrokersOwnIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders(OAuth2("authorize_parameters: {state: x}"))),
      HasSubstr("is a parameter that the broker sets itself"));
}

TEST(ProviderDescriptorTest, UnknownErrorMeaningIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders(OAuth2("errors: {oops: fatal}"))),
              HasSubstr("errors.oops must be one of: dead, "));
}

TEST(ProviderDescriptorTest, HalfAThrottleRuleIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders(OAuth2("throttle_field: ok"))),
              HasSubstr("only one of throttle_field and throttle_value"));
}

TEST(ProviderDescriptorTest, ClientCredentialsMayNameAnOrganization) {
  EXPECT_EQ(LoadProvider(OAuth2("client_credentials: {}"))
                .client_credentials->organization_parameter,
            "");
  EXPECT_EQ(
      LoadProvider(OAuth2("client_credentials: {organization_parameter: org}"))
          .client_credentials->organization_parameter,
      "org");
}

TEST(ProviderDescriptorTest, NullTakesClientCredentialsAway) {
  EXPECT_TRUE(LoadProvider(OAuth2("pkce: true")).client_credentials);
  EXPECT_FALSE(
      LoadProvider(OAuth2("client_credentials: null")).client_credentials);
}

TEST(ProviderDescriptorTest, TheImplicitFlowIsAskedFor) {
  EXPECT_FALSE(LoadProvider(OAuth2("pkce: true")).implicit);
  EXPECT_TRUE(LoadProvider(OAuth2("implicit: true")).implicit);
}

}  // namespace
}  // namespace bursar

#include "server/config/provider_descriptor.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/config/provider_section.h"
#include "tests/unit/config/config_folder.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

std::string WithProviders(absl::string_view providers) {
  return absl::StrCat(R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
providers: )",
                      providers, "\npolicy: {file: policy.yaml}\n");
}

// The one provider of that list.
Provider Load(absl::string_view providers) {
  const ConfigFolder folder;
  const auto config = folder.Load(WithProviders(providers));
  EXPECT_TRUE(config.ok()) << config.status();
  return config.ok() ? config->providers.at(0) : Provider();
}

// oauth2 completed, with more keys.
std::string OAuth2(absl::string_view more) {
  return absl::StrCat(
      "[{name: idp, descriptor: oauth2, data_centers: {main: {accounts_server: "
      "\"https://idp.example\"}}, authorization_endpoint: /authorize, "
      "token_endpoint: "
      "/token, ",
      more, "}]");
}

TEST(ProviderDescriptorTest, EveryBuiltInDescriptorReads) {
  for (const EmbeddedFile& file : ProviderDescriptors()) {
    const std::string name(absl::StripSuffix(file.name, ".yaml"));
    const Provider provider = Load(absl::StrCat(
        "[{name: x, descriptor: ", name,
        ", data_centers: {main: {accounts_server: \"https://x.example\"}}, "
        "issuer: \"https://x.example\", authorization_endpoint: /a, "
        "token_endpoint: /t, revocation: null, device: null}]"));
    EXPECT_EQ(provider.token_endpoint, "/t") << name;
  }
}

TEST(ProviderDescriptorTest, ADescriptorIsLaidOverTheOneItExtends) {
  const ConfigFolder folder;
  folder.Write("product.yaml", R"(
extends: zoho-iot
token_endpoint: /token
errors: {invalid_code: null, gone: dead}
)");
  const auto config = folder.Load(
      WithProviders("[{name: x, descriptor_file: product.yaml, pkce: false}]"));
  ASSERT_TRUE(config.ok()) << config.status();
  const Provider& product = config->providers[0];
  EXPECT_EQ(product.token_endpoint, "/token");
  EXPECT_FALSE(product.pkce);
  EXPECT_EQ(product.errors.count("gone"), 1);
  EXPECT_EQ(product.errors.count("invalid_code"), 0);
  // From zoho-iot, and from zoho, which that extends.
  EXPECT_EQ(product.authorization_scheme, "Zoho-authtoken");
  EXPECT_EQ(product.throttle_field, "status");
}

TEST(ProviderDescriptorTest, OnlyABuiltInDescriptorCanBeExtended) {
  const ConfigFolder folder;
  folder.Write("product.yaml", "extends: product\n");
  EXPECT_THAT(folder.Errors(
                  WithProviders("[{name: x, descriptor_file: product.yaml}]")),
              HasSubstr("product.yaml:1:10: extends must be one of: "));
}

TEST(ProviderDescriptorTest, AnEntryNamesItsDescriptorInsteadOfExtending) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders(
                  "[{name: x, descriptor: zoho, extends: zoho}]")),
              HasSubstr("extends is not a known key"));
}

TEST(ProviderDescriptorTest, OAuth2IsCompletedByItsEntry) {
  const Provider idp = Load(OAuth2("pkce: false"));
  EXPECT_EQ(idp.name, ProviderName("idp"));
  EXPECT_EQ(idp.default_data_center, DataCenter("main"));
  EXPECT_EQ(idp.client_authentication, ClientAuthentication::kBasic);
  EXPECT_FALSE(idp.pkce);
  EXPECT_FALSE(idp.revocation.has_value());
}

TEST(ProviderDescriptorTest, OverriddenDataCentresReplaceTheList) {
  const Provider sandbox = Load(
      "[{name: sandbox, descriptor: zoho-cliq, data_centers: {eu: "
      "{accounts_server: \"http://127.0.0.1:9000\"}}}]");
  ASSERT_EQ(sandbox.data_centers.size(), 1);
  EXPECT_EQ(sandbox.data_centers.begin()->second.accounts_server,
            "http://127.0.0.1:9000");
  EXPECT_EQ(sandbox.default_data_center, DataCenter("eu"));
  EXPECT_EQ(sandbox.token_endpoint, "/oauth/v2/token");
}

TEST(ProviderDescriptorTest, OverriddenMapsAreMerged) {
  const Provider cliq = Load(
      "[{name: cliq, descriptor: zoho-cliq, errors: {too_late: dead}, "
      "authorize_parameters: {prompt: login}, revocation: "
      "{client_authentication: basic}, scopes: {implied: {WRITE: [CREATE]}}}]");
  EXPECT_EQ(cliq.errors.at("too_late").error_class, ErrorClass::kDead);
  EXPECT_EQ(cliq.errors.count("invalid_code"), 1);
  EXPECT_EQ(cliq.authorize_parameters.at("prompt"), "login");
  EXPECT_EQ(cliq.authorize_parameters.at("access_type"), "offline");
  EXPECT_EQ(cliq.revocation->endpoint, "/oauth/v2/token/revoke");
  EXPECT_EQ(cliq.revocation->client_authentication,
            ClientAuthentication::kBasic);
  EXPECT_EQ(cliq.scopes.implied.size(), 2);
}

TEST(ProviderDescriptorTest, OverriddenListsAreReplaced) {
  const Provider cliq = Load(
      "[{name: cliq, descriptor: zoho-cliq, scopes: {implied: {all: "
      "[read]}}}]");
  EXPECT_THAT(cliq.scopes.implied,
              UnorderedElementsAre(Pair("ALL", ElementsAre("READ"))));
}

TEST(ProviderDescriptorTest, NullTakesAKeyAway) {
  const Provider cliq = Load(
      "[{name: cliq, descriptor: zoho-cliq, revocation: null, "
      "errors: {invalid_code: null}, authorize_parameters: {prompt: ~}, "
      "scopes: {implied: {ALL: null}}}]");
  EXPECT_FALSE(cliq.revocation.has_value());
  EXPECT_EQ(cliq.errors.count("invalid_code"), 0);
  EXPECT_EQ(cliq.authorize_parameters.count("prompt"), 0);
  EXPECT_TRUE(cliq.scopes.implied.empty());
}

TEST(ProviderDescriptorTest, EveryKeyIsRead) {
  const Provider idp = Load(OAuth2(R"(default_data_center: main,
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

TEST(ProviderDescriptorTest, DescriptorFileIsReadFromTheFilesFolder) {
  const ConfigFolder folder;
  folder.Write("idp.yaml", R"(
data_centers: {main: {accounts_server: "https://idp.example"}}
authorization_endpoint: /authorize
token_endpoint: /token
)");
  const auto config = folder.Load(
      WithProviders("[{name: idp, descriptor_file: idp.yaml, pkce: false}]"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->providers[0].token_endpoint, "/token");
  EXPECT_FALSE(config->providers[0].pkce);
}

TEST(ProviderDescriptorTest, ErrorInADescriptorFileIsPlacedThere) {
  const ConfigFolder folder;
  folder.Write("idp.yaml", "token_endpiont: /token\n");
  EXPECT_THAT(
      folder.Errors(WithProviders("[{name: idp, descriptor_file: idp.yaml}]")),
      HasSubstr(
          "\nidp.yaml:1:1: token_endpiont is not a known key; did you mean "
          "token_endpoint?"));
}

TEST(ProviderDescriptorTest, MissingDescriptorFileIsRefusedWhereItIsNamed) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders("[{name: idp, descriptor_file: idp.yaml}]")),
      AllOf(StartsWith("bursar.yaml:5:42: "),
            HasSubstr("cannot be read: No such file or directory")));
}

TEST(ProviderDescriptorTest, MissingEndpointsAreRefusedAtTheEntry) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders("[{name: idp, descriptor: oauth2}]")),
      AllOf(StartsWith(
                "bursar.yaml:5:13: providers[0] lacks authorization_endpoint"),
            HasSubstr("lacks token_endpoint"),
            HasSubstr("lacks data_centers")));
}

TEST(ProviderDescriptorTest, UnknownDescriptorIsRefusedWithTheKnownOnes) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders("[{name: x, descriptor: yahoo}]")),
      StartsWith("bursar.yaml:5:35: providers[0].descriptor must be one "
                 "of: atlassian, auth0, "));
}

TEST(ProviderDescriptorTest, EntryWithoutADescriptorIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders("[{name: x}]")),
              HasSubstr("must have one of descriptor and descriptor_file"));
}

TEST(ProviderDescriptorTest, SameNameTwiceIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders("[{name: cliq, descriptor: zoho-cliq}, "
                                  "{name: cliq, descriptor: zoho-cliq}]")),
      HasSubstr("providers[1] has the name of another provider"));
}

TEST(ProviderDescriptorTest, PlainHttpBeyondLoopbackIsRefused) {
  const ConfigFolder folder;
  for (const char* server :
       {"http://idp.example", "http://localhost:9000", "http://127.0.0.1.x",
        "http://0x7f000001", "http://127.0.0.1@idp.example"}) {
    EXPECT_THAT(folder.Errors(WithProviders(absl::StrCat(
                    "[{name: x, descriptor: zoho-cliq, data_centers: {us: "
                    "{accounts_server: \"",
                    server, "\"}}}]"))),
                HasSubstr("data_centers.us.accounts_server must be"))
        << server;
  }
}

TEST(ProviderDescriptorTest, UrlThatReadersDisagreeAboutIsRefused) {
  const ConfigFolder folder;
  for (const char* server :
       {"https://idp.example:0", "https://idp.example:000443", "https://127.1",
        "https://0x7f.0.0.1"}) {
    EXPECT_THAT(folder.Errors(WithProviders(absl::StrCat(
                    "[{name: x, descriptor: zoho-cliq, data_centers: {us: "
                    "{accounts_server: \"",
                    server, "\"}}}]"))),
                HasSubstr("data_centers.us.accounts_server must be"))
        << server;
  }
}

TEST(ProviderDescriptorTest, AmbiguousDataCentresAreRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders(
          "[{name: x, descriptor: zoho-cliq, data_centers: {us: "
          "{accounts_server: \"https://a.example\", location: us}, eu: "
          "{accounts_server: \"https://a.example\", location: us}}}]")),
      AllOf(HasSubstr("eu has the accounts_server of another data centre"),
            HasSubstr("eu has the location of another data centre")));
}

TEST(ProviderDescriptorTest, UnknownDefaultDataCentreIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders("[{name: x, descriptor: zoho-cliq, "
                                          "default_data_center: mars}]")),
              HasSubstr("default_data_center that is not among"));
}

TEST(ProviderDescriptorTest, ParameterOfTheBrokersOwnIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(
      folder.Errors(WithProviders(OAuth2("authorize_parameters: {state: x}"))),
      HasSubstr("is a parameter that the broker sets itself"));
}

TEST(ProviderDescriptorTest, PathThatIsNoneIsRefused) {
  const ConfigFolder folder;
  for (const char* path : {"oauth/token", "/token?x=1", "/to ken"}) {
    EXPECT_THAT(folder.Errors(WithProviders(absl::StrCat(
                    "[{name: x, descriptor: zoho-cliq, token_endpoint: \"",
                    path, "\"}]"))),
                HasSubstr("token_endpoint must be a path"))
        << path;
  }
}

TEST(ProviderDescriptorTest, EndpointMayBeAnotherHosts) {
  const Provider idp =
      Load(OAuth2("revocation: {endpoint: \"https://revoke.example/now\", "
                  "type_parameter: null}"));
  EXPECT_EQ(idp.revocation->endpoint, "https://revoke.example/now");
  EXPECT_EQ(idp.revocation->type_parameter, "");
  EXPECT_EQ(idp.revocation->client_authentication, std::nullopt);
}

TEST(ProviderDescriptorTest, EndpointInClearTextBeyondLoopbackIsRefused) {
  const ConfigFolder folder;
  for (const char* url :
       {"http://idp.example/token", "http://localhost/token",
        "https://a@idp.example/token", "https://idp.example/token?a=b"}) {
    EXPECT_THAT(folder.Errors(WithProviders(absl::StrCat(
                    "[{name: x, descriptor: zoho-cliq, token_endpoint: \"", url,
                    "\"}]"))),
                HasSubstr("token_endpoint must be"))
        << url;
  }
}

TEST(ProviderDescriptorTest, OwnDataCentresLeaveTheDescriptorsOtherHosts) {
  const ConfigFolder folder;
  folder.Write("apart.yaml", R"(
data_centers: {main: {accounts_server: "https://idp.example"}}
issuer: "https://idp.example"
authorization_endpoint: /authorize
token_endpoint: "https://token.example/token"
revocation: {endpoint: "https://revoke.example/revoke"}
)");
  EXPECT_THAT(
      folder.Errors(WithProviders(
          "[{name: x, descriptor_file: apart.yaml, data_centers: {main: "
          "{accounts_server: \"http://127.0.0.1:9000\"}}}]")),
      AllOf(HasSubstr("lacks token_endpoint"),
            HasSubstr("lacks revocation.endpoint")));
  const auto moved = folder.Load(WithProviders(
      "[{name: x, descriptor_file: apart.yaml, data_centers: {main: "
      "{accounts_server: \"http://127.0.0.1:9000\"}}, token_endpoint: /token, "
      "revocation: null}]"));
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->providers[0].token_endpoint, "/token");
  EXPECT_EQ(moved->providers[0].issuer, "");
}

TEST(ProviderDescriptorTest, OidcNeedsNothingButItsIssuer) {
  const Provider idp = Load(
      "[{name: idp, descriptor: oidc, issuer: "
      "\"https://id.example/tenant/\"}]");
  EXPECT_FALSE(idp.discovered);
  EXPECT_EQ(idp.issuer, "https://id.example/tenant/");
  EXPECT_EQ(idp.default_data_center, DataCenter("main"));
  EXPECT_EQ(idp.data_centers.at(DataCenter("main")).accounts_server,
            "https://id.example/tenant");
}

TEST(ProviderDescriptorTest, DiscoveryWithoutAnIssuerIsRefused) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(WithProviders("[{name: idp, descriptor: oidc}]")),
            "bursar.yaml:5:13: providers[0] lacks issuer, which neither the "
            "descriptor nor this entry gives");
}

TEST(ProviderDescriptorTest, IssuerInClearTextBeyondLoopbackIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders("[{name: idp, descriptor: oidc, "
                                          "issuer: \"http://id.example\"}]")),
              HasSubstr("issuer must begin with https://"));
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

TEST(ProviderDescriptorTest, ARevocationIsRfc7009sUnlessItSaysOtherwise) {
  const Provider plain = Load(OAuth2("revocation: {endpoint: /revoke}"));
  EXPECT_EQ(plain.revocation->method, RevocationMethod::kPost);
  EXPECT_EQ(plain.revocation->token_place, TokenPlace::kBody);
  EXPECT_EQ(plain.revocation->token_parameter, "token");
  EXPECT_FALSE(plain.revocation->by_access_token);
  const Provider other =
      Load(OAuth2("revocation: {endpoint: \"/a/{client_id}\", method: DELETE, "
                  "parameters: json, token: access_token, token_parameter: t, "
                  "client_authentication: basic}"));
  EXPECT_EQ(other.revocation->method, RevocationMethod::kDelete);
  EXPECT_EQ(other.revocation->token_place, TokenPlace::kJson);
  EXPECT_EQ(other.revocation->token_parameter, "t");
  EXPECT_TRUE(other.revocation->by_access_token);
}

TEST(ProviderDescriptorTest, ATokenInThePathHasItsPlaceThere) {
  const ConfigFolder folder;
  for (const char* rule : {"endpoint: /revoke, parameters: path",
                           "endpoint: \"/{token}\", parameters: body"}) {
    EXPECT_THAT(folder.Errors(WithProviders(
                    OAuth2(absl::StrCat("revocation: {", rule, "}")))),
                HasSubstr("must have {token} in revocation.endpoint"))
        << rule;
  }
}

TEST(ProviderDescriptorTest, AJsonBodyHasNoRoomForTheClient) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders(
                  OAuth2("revocation: {endpoint: /r, parameters: json, "
                         "client_authentication: body}"))),
              HasSubstr("the body is JSON"));
}

TEST(ProviderDescriptorTest, ATokenAsCredentialLeavesNoRoomForTheClients) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(WithProviders(
                  OAuth2("revocation: {endpoint: /r, parameters: bearer, "
                         "client_authentication: basic}"))),
              HasSubstr("the token takes its header"));
}

TEST(ProviderDescriptorTest, ADeviceFlowIsRfc8628sUnlessItSaysOtherwise) {
  const Provider plain = Load(OAuth2("device: {endpoint: /device}"));
  ASSERT_TRUE(plain.device);
  EXPECT_EQ(plain.device->endpoint, "/device");
  EXPECT_EQ(plain.device->grant_type,
            "urn:ietf:params:oauth:grant-type:device_code");
  EXPECT_TRUE(plain.device->authenticates);
  const Provider other = Load(OAuth2(
      "device: {endpoint: /d, token_endpoint: /t, parameters: {a: b}, "
      "authenticates: false, grant_type: g, code_parameter: c, "
      "verification_uri_field: v, expiry_unit: 1ms, interval: 2s, "
      "slow_interval: 9s, errors: {gone: expired}, location_fields: [l]}"));
  ASSERT_TRUE(other.device);
  EXPECT_EQ(other.device->token_endpoint, "/t");
  EXPECT_EQ(other.device->parameters.at("a"), "b");
  EXPECT_FALSE(other.device->authenticates);
  EXPECT_EQ(other.device->grant_type, "g");
  EXPECT_EQ(other.device->code_parameter, "c");
  EXPECT_EQ(other.device->verification_uri_field, "v");
  EXPECT_EQ(other.device->expiry_unit, absl::Milliseconds(1));
  EXPECT_EQ(other.device->interval, absl::Seconds(2));
  EXPECT_EQ(other.device->slow_interval, absl::Seconds(9));
  EXPECT_EQ(other.device->errors.at("gone"), DeviceError::kExpired);
  EXPECT_THAT(other.device->location_fields, ElementsAre("l"));
}

TEST(ProviderDescriptorTest, NullTakesADeviceFlowAway) {
  EXPECT_TRUE(Load("[{name: x, descriptor: zoho}]").device);
  EXPECT_FALSE(Load("[{name: x, descriptor: zoho, device: null}]").device);
}

TEST(ProviderDescriptorTest, ADeviceFlowNeedsAnEndpoint) {
  const ConfigFolder folder;
  const auto config =
      folder.Load(WithProviders(OAuth2("device: {interval: 5s}")));
  EXPECT_THAT(std::string(config.status().message()),
              HasSubstr("device.endpoint"));
}

TEST(ProviderDescriptorTest, ClientCredentialsMayNameAnOrganization) {
  EXPECT_EQ(Load(OAuth2("client_credentials: {}"))
                .client_credentials->organization_parameter,
            "");
  EXPECT_EQ(Load(OAuth2("client_credentials: {organization_parameter: org}"))
                .client_credentials->organization_parameter,
            "org");
}

TEST(ProviderDescriptorTest, NullTakesClientCredentialsAway) {
  EXPECT_TRUE(Load(OAuth2("pkce: true")).client_credentials);
  EXPECT_FALSE(Load(OAuth2("client_credentials: null")).client_credentials);
}

TEST(ProviderDescriptorTest, TheImplicitFlowIsAskedFor) {
  EXPECT_FALSE(Load(OAuth2("pkce: true")).implicit);
  EXPECT_TRUE(Load(OAuth2("implicit: true")).implicit);
}

}  // namespace
}  // namespace bursar

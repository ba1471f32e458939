// A provider's data centres, endpoints and issuer: where it is, and where it
// may be.

#include <optional>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"
#include "tests/unit/config/one_provider.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

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
  const Provider idp = LoadProvider(
      OAuth2("revocation: {endpoint: \"https://revoke.example/now\", "
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
  const Provider idp = LoadProvider(
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

}  // namespace
}  // namespace bursar

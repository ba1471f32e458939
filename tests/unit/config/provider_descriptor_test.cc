// What providers are put together from: descriptors, files, and what an entry
// of the configuration lays over them.

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/config/provider_section.h"
#include "tests/unit/config/config_folder.h"
#include "tests/unit/config/one_provider.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

TEST(ProviderDescriptorTest, EveryBuiltInDescriptorReads) {
  for (const EmbeddedFile& file : ProviderDescriptors()) {
    const std::string name(absl::StripSuffix(file.name, ".yaml"));
    const Provider provider = LoadProvider(absl::StrCat(
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
  const Provider idp = LoadProvider(OAuth2("pkce: false"));
  EXPECT_EQ(idp.name, ProviderName("idp"));
  EXPECT_EQ(idp.default_data_center, DataCenter("main"));
  EXPECT_EQ(idp.client_authentication, ClientAuthentication::kBasic);
  EXPECT_FALSE(idp.pkce);
  EXPECT_FALSE(idp.revocation.has_value());
}

TEST(ProviderDescriptorTest, OverriddenDataCentresReplaceTheList) {
  const Provider sandbox = LoadProvider(
      "[{name: sandbox, descriptor: zoho-cliq, data_centers: {eu: "
      "{accounts_server: \"http://127.0.0.1:9000\"}}}]");
  ASSERT_EQ(sandbox.data_centers.size(), 1);
  EXPECT_EQ(sandbox.data_centers.begin()->second.accounts_server,
            "http://127.0.0.1:9000");
  EXPECT_EQ(sandbox.default_data_center, DataCenter("eu"));
  EXPECT_EQ(sandbox.token_endpoint, "/oauth/v2/token");
}

TEST(ProviderDescriptorTest, OverriddenMapsAreMerged) {
  const Provider cliq = LoadProvider(
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
  const Provider cliq = LoadProvider(
      "[{name: cliq, descriptor: zoho-cliq, scopes: {implied: {all: "
      "[read]}}}]");
  EXPECT_THAT(cliq.scopes.implied,
              UnorderedElementsAre(Pair("ALL", ElementsAre("READ"))));
}

TEST(ProviderDescriptorTest, NullTakesAKeyAway) {
  const Provider cliq = LoadProvider(
      "[{name: cliq, descriptor: zoho-cliq, revocation: null, "
      "errors: {invalid_code: null}, authorize_parameters: {prompt: ~}, "
      "scopes: {implied: {ALL: null}}}]");
  EXPECT_FALSE(cliq.revocation.has_value());
  EXPECT_EQ(cliq.errors.count("invalid_code"), 0);
  EXPECT_EQ(cliq.authorize_parameters.count("prompt"), 0);
  EXPECT_TRUE(cliq.scopes.implied.empty());
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

}  // namespace
}  // namespace bursar

#include "server/upstream/provider_metadata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;

const char kMetadata[] = R"({
  "issuer": "https://id.example/tenant",
  "authorization_endpoint": "https://id.example/authorize",
  "token_endpoint": "https://token.example/token",
  "revocation_endpoint": "https://id.example/revoke",
  "token_endpoint_auth_methods_supported": ["private_key_jwt",
                                            "client_secret_post"],
  "code_challenge_methods_supported": ["plain", "S256"]
})";

Provider Awaiting() {
  Provider provider;
  provider.name = ProviderName("idp");
  provider.issuer = "https://id.example/tenant";
  provider.client_authentication = ClientAuthentication::kBasic;
  provider.discovered = false;
  return provider;
}

std::string Replaced(const std::string& from, const std::string& to) {
  const std::string changed = absl::StrReplaceAll(kMetadata, {{from, to}});
  EXPECT_NE(changed, kMetadata) << from;
  return changed;
}

Provider Completed(const std::string& metadata,
                   const Provider& provider = Awaiting()) {
  const auto completed = CompleteFromMetadata(provider, metadata);
  EXPECT_TRUE(completed.ok()) << completed.status();
  return completed.ok() ? *completed : Provider();
}

std::string RefusalOf(const std::string& metadata) {
  return std::string(
      CompleteFromMetadata(Awaiting(), metadata).status().message());
}

TEST(MetadataUrls, AreWhereEitherStandardPutsThem) {
  EXPECT_THAT(
      MetadataUrls("https://id.example/tenant/"),
      ElementsAre(
          "https://id.example/tenant/.well-known/openid-configuration",
          "https://id.example/.well-known/oauth-authorization-server/tenant"));
  EXPECT_THAT(
      MetadataUrls("http://127.0.0.1:9000"),
      ElementsAre(
          "http://127.0.0.1:9000/.well-known/openid-configuration",
          "http://127.0.0.1:9000/.well-known/oauth-authorization-server"));
}

TEST(ProviderMetadata, CompletesTheProvider) {
  const Provider provider = Completed(kMetadata);
  EXPECT_TRUE(provider.discovered);
  EXPECT_EQ(provider.authorization_endpoint, "https://id.example/authorize");
  EXPECT_EQ(provider.token_endpoint, "https://token.example/token");
  EXPECT_EQ(provider.revocation->endpoint, "https://id.example/revoke");
  EXPECT_EQ(provider.client_authentication, ClientAuthentication::kBody);
  EXPECT_TRUE(provider.pkce);
}

TEST(ProviderMetadata, SaysWhetherRedirectsNameTheIssuer) {
  EXPECT_FALSE(Completed(kMetadata).names_issuer);
  for (const char* value : {"true", "false", "\"true\"", "null"}) {
    const std::string claim = absl::StrCat(
        "{\"authorization_response_iss_parameter_supported\": ", value, ",");
    EXPECT_EQ(Completed(Replaced("{", claim)).names_issuer,
              value == std::string("true"))
        << value;
  }
}

TEST(ProviderMetadata, OfAnotherIssuerIsRefused) {
  for (const char* issuer :
       {"https://id.example/other", "https://id.example/tenant/",
        "https://ID.example/tenant"}) {
    EXPECT_EQ(RefusalOf(Replaced("https://id.example/tenant", issuer)),
              "it is another issuer's")
        << issuer;
  }
  EXPECT_EQ(RefusalOf(Replaced("\"issuer\"", "\"iss\"")),
            "it is another issuer's");
}

TEST(ProviderMetadata, WithoutAnEndpointIsRefused) {
  EXPECT_EQ(RefusalOf(Replaced("\"token_endpoint\"", "\"tokens\"")),
            "it has no token_endpoint");
  EXPECT_EQ(RefusalOf(Replaced("authorization_endpoint", "authorize")),
            "it has no authorization_endpoint");
}

TEST(ProviderMetadata, ThatLeadsSecretsIntoClearTextIsRefused) {
  EXPECT_EQ(
      RefusalOf(Replaced("https://token.example", "http://token.example")),
      "its token_endpoint is not an https URL");
  EXPECT_EQ(RefusalOf(Replaced("https://id.example/revoke", "ftp://x/revoke")),
            "its revocation_endpoint is not an https URL");
}

TEST(ProviderMetadata, MayNameLoopbackInClearText) {
  EXPECT_EQ(Completed(Replaced("https://token.example", "http://127.0.0.1:9"))
                .token_endpoint,
            "http://127.0.0.1:9/token");
}

TEST(ProviderMetadata, ThatIsNoneIsRefused) {
  for (const char* document : {"", "<html>", "[]", "null", "\"issuer\""}) {
    EXPECT_EQ(RefusalOf(document), "it is no JSON object") << document;
  }
}

TEST(ProviderMetadata, ThatListsNoAuthenticationMeansBasic) {
  const std::string silent =
      Replaced("token_endpoint_auth_methods_supported", "something_else");
  EXPECT_EQ(Completed(silent).client_authentication,
            ClientAuthentication::kBasic);
  Provider body = Awaiting();
  body.client_authentication = ClientAuthentication::kBody;
  EXPECT_EQ(Completed(silent, body).client_authentication,
            ClientAuthentication::kBasic);
}

TEST(ProviderMetadata, KeepsAnAuthenticationThatIsListed) {
  const std::string both = Replaced("private_key_jwt", "client_secret_basic");
  for (const auto means :
       {ClientAuthentication::kBasic, ClientAuthentication::kBody}) {
    Provider provider = Awaiting();
    provider.client_authentication = means;
    EXPECT_EQ(Completed(both, provider).client_authentication, means);
  }
}

TEST(ProviderMetadata, WithoutAnAuthenticationOfTheBrokersIsRefused) {
  EXPECT_EQ(RefusalOf(Replaced("client_secret_post", "tls_client_auth")),
            "it takes neither client_secret_basic nor client_secret_post");
}

TEST(ProviderMetadata, WithoutS256TurnsPkceOff) {
  EXPECT_FALSE(Completed(Replaced("\"S256\"", "\"S512\"")).pkce);
}

TEST(ProviderMetadata, ThatIsSilentOnPkceLeavesItAsItWas) {
  const std::string silent =
      Replaced("code_challenge_methods_supported", "something_else");
  EXPECT_TRUE(Completed(silent).pkce);
  Provider without = Awaiting();
  without.pkce = false;
  EXPECT_FALSE(Completed(silent, without).pkce);
  EXPECT_FALSE(Completed(kMetadata, without).pkce);
}

TEST(ProviderMetadata, MayHaveNoRevocation) {
  EXPECT_FALSE(Completed(Replaced("revocation_endpoint", "something_else"))
                   .revocation.has_value());
}

TEST(ProviderMetadata, MayAuthenticateRevocationsInAnotherWay) {
  const std::string apart = Replaced(
      "\"revocation_endpoint\"",
      R"("revocation_endpoint_auth_methods_supported":["client_secret_basic"],
         "revocation_endpoint")");
  EXPECT_EQ(Completed(apart).revocation->client_authentication,
            ClientAuthentication::kBasic);
}

TEST(ProviderMetadata, YieldsToTheDescriptorsEndpoints) {
  Provider provider = Awaiting();
  provider.token_endpoint = "https://own.example/token";
  provider.revocation = RevocationRule{"https://own.example/revoke"};
  const Provider completed = Completed(kMetadata, provider);
  EXPECT_EQ(completed.token_endpoint, "https://own.example/token");
  EXPECT_EQ(completed.revocation->endpoint, "https://own.example/revoke");
  EXPECT_EQ(completed.authorization_endpoint, "https://id.example/authorize");
}

TEST(ProviderMetadata, TellsOfADeviceFlow) {
  EXPECT_FALSE(Completed(kMetadata).device);
  const Provider provider =
      Completed(Replaced("\"token_endpoint\"",
                         "\"device_authorization_endpoint\": "
                         "\"https://id.example/device\", \"token_endpoint\""));
  ASSERT_TRUE(provider.device);
  EXPECT_EQ(provider.device->endpoint, "https://id.example/device");
}

}  // namespace
}  // namespace bursar

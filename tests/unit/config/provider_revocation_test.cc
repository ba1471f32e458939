// How a provider is asked to revoke.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"
#include "tests/unit/config/one_provider.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

TEST(ProviderDescriptorTest, ARevocationIsRfc7009sUnlessItSaysOtherwise) {
  const Provider plain =
      LoadProvider(OAuth2("revocation: {endpoint: /revoke}"));
  EXPECT_EQ(plain.revocation->method, RevocationMethod::kPost);
  EXPECT_EQ(plain.revocation->token_place, TokenPlace::kBody);
  EXPECT_EQ(plain.revocation->token_parameter, "token");
  EXPECT_FALSE(plain.revocation->by_access_token);
  const Provider other = LoadProvider(
      OAuth2("revocation: {endpoint: \"/a/{client_id}\", method: DELETE, "
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

}  // namespace
}  // namespace bursar

#include "server/upstream/revoke_request.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

HttpRequest RevokeBy(const RevocationRule& rule,
                     const ClientIdentity& client = SampleClient()) {
  const Provider provider = PlainProvider();
  return RevokeRequest(provider, provider.data_centers.at(DataCenter("main")),
                       rule, client, Secret::Copy("r/1"));
}

TEST(RevokeRequest, SaysWhichKindOfTokenItIs) {
  const HttpRequest request = RevokeBy({"/revoke"});
  EXPECT_EQ(request.url.Expose(), "https://as.example/revoke");
  EXPECT_EQ(request.body.Expose(),
            "token=r%2F1&token_type_hint=refresh_token"
            "&client_id=id%3A1&client_secret=s%26cret");
}

TEST(RevokeRequest, GoesToTheQueryWithoutTheClientWhereTheRuleSaysSo) {
  const HttpRequest request = RevokeBy(
      {"/token/revoke", TokenPlace::kQuery, ClientAuthentication::kNone, ""});
  EXPECT_EQ(request.url.Expose(),
            "https://as.example/token/revoke?token=r%2F1");
  EXPECT_TRUE(request.body.empty());
}

TEST(RevokeRequest, HasItsOwnAuthenticationAndTypeWhereTheRuleSaysSo) {
  const HttpRequest request =
      RevokeBy({"/revoke/token", TokenPlace::kBody,
                ClientAuthentication::kBasic, "token_type"});
  EXPECT_EQ(request.body.Expose(), "token=r%2F1&token_type=refresh_token");
  EXPECT_EQ(HeaderOf(request, "Authorization"), "Basic aWQlM0ExOnMlMjZjcmV0");
}

TEST(RevokeRequest, IsAPostUnlessTheRuleSaysDelete) {
  RevocationRule rule{"/revoke"};
  EXPECT_EQ(RevokeBy(rule).method, HttpMethod::kPost);
  rule.method = RevocationMethod::kDelete;
  EXPECT_EQ(RevokeBy(rule).method, HttpMethod::kDelete);
}

TEST(RevokeRequest, NamesTheTokenInThePathWhereTheRuleSaysSo) {
  const HttpRequest request =
      RevokeBy({"/refresh-tokens/{token}/x", TokenPlace::kPath,
                ClientAuthentication::kNone});
  EXPECT_EQ(request.url.Expose(), "https://as.example/refresh-tokens/r%2F1/x");
  EXPECT_TRUE(request.body.empty());
}

TEST(RevokeRequest, NamesTheClientInThePathWhereTheRuleSaysSo) {
  const HttpRequest request = RevokeBy({"https://api.example/a/{client_id}/g"});
  EXPECT_EQ(request.url.Expose(), "https://api.example/a/id%3A1/g");
}

TEST(RevokeRequest, IsAJsonObjectWhereTheRuleSaysSo) {
  RevocationRule rule{"/revoke", TokenPlace::kJson,
                      ClientAuthentication::kBasic};
  rule.token_parameter = "access_token";
  const HttpRequest request = RevokeBy(rule);
  EXPECT_EQ(request.body.Expose(), R"({"access_token":"r/1"})");
  EXPECT_EQ(HeaderOf(request, "Content-Type"), "application/json");
  EXPECT_EQ(HeaderOf(request, "Authorization"), "Basic aWQlM0ExOnMlMjZjcmV0");
}

TEST(RevokeRequest, EscapesWhatJsonWouldTakeForItsOwn) {
  const Provider provider = PlainProvider();
  const HttpRequest request =
      RevokeRequest(provider, provider.data_centers.at(DataCenter("main")),
                    {"/revoke", TokenPlace::kJson, ClientAuthentication::kNone},
                    SampleClient(), Secret::Copy("a\"b\\c\n"));
  EXPECT_EQ(request.body.Expose(), R"({"token":"a\u0022b\u005cc\u000a"})");
}

TEST(RevokeRequest, CarriesTheTokenAsItsCredentialWhereTheRuleSaysSo) {
  const HttpRequest request =
      RevokeBy({"/revoke", TokenPlace::kBearer, ClientAuthentication::kNone});
  EXPECT_EQ(HeaderOf(request, "Authorization"), "Bearer r/1");
  EXPECT_EQ(request.url.Expose(), "https://as.example/revoke");
  EXPECT_TRUE(request.body.empty());
}

TEST(RevokeRequest, SaysThatItIsAnAccessTokenWhereItIs) {
  RevocationRule rule{"/revoke", TokenPlace::kBody,
                      ClientAuthentication::kNone};
  rule.by_access_token = true;
  EXPECT_EQ(RevokeBy(rule).body.Expose(),
            "token=r%2F1&token_type_hint=access_token");
}

}  // namespace
}  // namespace bursar

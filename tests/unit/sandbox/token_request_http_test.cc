// Where a token request's parameters and its client may be.

#include <gtest/gtest.h>
#include <httplib.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "sandbox/url.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

class TokenRequestTest : public RunningSandbox {
 protected:
  const Client client_ = Register();
};

TEST_F(TokenRequestTest, ParametersMayComeInTheQuery) {
  const std::string query = QueryOf({{"grant_type", "refresh_token"},
                                     {"client_id", client_.id},
                                     {"client_secret", client_.secret},
                                     {"refresh_token", RefreshToken(client_)}});
  EXPECT_TRUE(Post(absl::StrCat("/oauth/v2/token?", query), {})
                  .json()
                  .contains("access_token"));
}

TEST_F(TokenRequestTest, ParametersComeInTheBodyOrTheQueryIfThePersonaSaysSo) {
  const Form form = {{"grant_type", "refresh_token"},
                     {"client_id", client_.id},
                     {"client_secret", client_.secret},
                     {"refresh_token", RefreshToken(client_)}};
  const auto query = absl::StrCat(
      "/oauth/v2/token?", QueryOf(QueryParameters(form.begin(), form.end())));
  Switch("token_parameters", "body");
  EXPECT_TRUE(Token(form).json().contains("access_token"));
  EXPECT_EQ(Post(query, {}).status, 400);
  Switch("token_parameters", "query");
  EXPECT_EQ(Token(form).status, 400);
  EXPECT_TRUE(Post(query, {}).json().contains("access_token"));
}

TEST_F(TokenRequestTest, ParametersMayComeAsMultipart) {
  const httplib::MultipartFormDataItems items = {
      {"grant_type", "refresh_token", "", ""},
      {"client_id", client_.id, "", ""},
      {"client_secret", client_.secret, "", ""},
      {"refresh_token", RefreshToken(client_), "", ""}};
  const auto result =
      httplib::Client("127.0.0.1", port_).Post("/oauth/v2/token", items);
  ASSERT_TRUE(result);
  EXPECT_TRUE(nlohmann::json::parse(result->body).contains("access_token"));
}

TEST_F(TokenRequestTest, TheClientMayComeAsBasic) {
  const auto with = [&](const std::string& secret) {
    return Post("/oauth/v2/token",
                {{"grant_type", "refresh_token"},
                 {"refresh_token", RefreshToken(client_)}},
                {{"Authorization",
                  absl::StrCat("Basic ", absl::Base64Escape(absl::StrCat(
                                             client_.id, ":", secret)))}})
        .json();
  };
  EXPECT_TRUE(with(client_.secret).contains("access_token"));
  EXPECT_EQ(with("wrong")["error"], "invalid_client_secret");
}

TEST_F(TokenRequestTest, TheClientComesAsThePersonaDemands) {
  const Form form = {{"grant_type", "refresh_token"},
                     {"refresh_token", RefreshToken(client_)}};
  const auto basic = [&] {
    return Post("/oauth/v2/token", form,
                {{"Authorization",
                  absl::StrCat("Basic ",
                               absl::Base64Escape(absl::StrCat(
                                   client_.id, ":", client_.secret)))}})
        .json()
        .value("error", "none");
  };
  const auto parameters = [&] {
    return Refresh(client_, form.at("refresh_token"))
        .json()
        .value("error", "none");
  };
  Switch("client_authentication", "basic");
  EXPECT_EQ(basic(), "none");
  EXPECT_EQ(parameters(), "invalid_client");
  Switch("client_authentication", "parameters");
  EXPECT_EQ(basic(), "invalid_client");
  EXPECT_EQ(parameters(), "none");
}

}  // namespace
}  // namespace bursar::sandbox

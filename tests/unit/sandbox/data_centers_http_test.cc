#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr char kEuropean[] = "emil@example.com";

SandboxOptions AtHomeAndInEurope() {
  SandboxOptions options;
  options.data_centers = {"eu"};
  return options;
}

class DataCentersTest : public RunningSandbox {
 protected:
  DataCentersTest() : RunningSandbox(AtHomeAndInEurope()) {}

  std::string UrlAt(const std::string& location) const {
    for (const auto& [known, url] : sandbox_->urls()) {
      if (known == location) return url;
    }
    return "";
  }

  /// A client at both, with the secret of Europe.
  Client RegisterInEurope() {
    const json answer =
        Control("clients", {{"redirect_uris", json::array({kRedirect})}})
            .json();
    return {answer["client_id"], answer["client_secrets"]["eu"]};
  }

  std::string EuropeansCode(const Client& client) const {
    return QueryValue(
        Decide(Authorization(client), "accept", kEuropean).location, "code");
  }

  const Client client_ = RegisterInEurope();
};

TEST_F(DataCentersTest, ARedirectSaysWhereTheUserBelongs) {
  const Reply reply = Decide(Authorization(client_), "accept", kEuropean);
  EXPECT_EQ(QueryValue(reply.location, "location"), "eu");
  EXPECT_THAT(QueryValue(reply.location, "accounts-server"),
              HasSubstr(UrlAt("eu").substr(UrlAt("eu").rfind(':') + 1)));
}

TEST_F(DataCentersTest, ACodeIsRedeemedWhereTheUserBelongs) {
  const std::string code = EuropeansCode(client_);
  GoTo("eu");
  const json answer = Exchange(client_, code).json();
  EXPECT_EQ(answer["api_domain"], UrlAt("eu"));
}

TEST_F(DataCentersTest, ACodeAtTheWrongOneIsAnInvalidClient) {
  const json home = Control("clients", {{"redirect_uris", {kRedirect}},
                                        {"shared_secret", true}})
                        .json();
  const Client client{home["client_id"], home["client_secret"]};
  EXPECT_EQ(Exchange(client, EuropeansCode(client)).json()["error"],
            "invalid_client");
}

TEST_F(DataCentersTest, ARefreshTokenAtTheWrongOneIsAnInvalidClient) {
  const json shared = Control("clients", {{"redirect_uris", {kRedirect}},
                                          {"shared_secret", true}})
                          .json();
  const Client client{shared["client_id"], shared["client_secret"]};
  const std::string code = EuropeansCode(client);
  GoTo("eu");
  const std::string token = Exchange(client, code).json()["refresh_token"];
  GoTo("us");
  EXPECT_EQ(Refresh(client, token).json()["error"], "invalid_client");
  GoTo("eu");
  EXPECT_TRUE(Refresh(client, token).json().contains("access_token"));
}

TEST_F(DataCentersTest, TheSecretOfAnotherOneIsWrong) {
  GoTo("us");
  EXPECT_EQ(Refresh(client_, "any").json()["error"], "invalid_client_secret");
  GoTo("eu");
  EXPECT_EQ(Refresh(client_, "any").json()["error"], "invalid_code");
}

TEST_F(DataCentersTest, AClientIsUnknownWhereItIsNotRegistered) {
  const json here = Control("clients", {{"redirect_uris", {kRedirect}},
                                        {"data_centers", {"us"}}})
                        .json();
  const Client client{here["client_id"], here["client_secret"]};
  EXPECT_EQ(Refresh(client, "any").json()["error"], "invalid_code");
  GoTo("eu");
  EXPECT_EQ(Refresh(client, "any").json()["error"], "invalid_client");
}

TEST_F(DataCentersTest, AGoodTokenLooksBadAtTheWrongOne) {
  const std::string code = EuropeansCode(client_);
  GoTo("eu");
  const std::string token = Exchange(client_, code).json()["access_token"];
  EXPECT_EQ(Api(token).status, 200);
  GoTo("us");
  EXPECT_EQ(Api(token).json()["code"], "INVALID_TOKEN");
}

TEST_F(DataCentersTest, ATokenIsUnknownToTheWrongOnesRevocation) {
  const std::string code = EuropeansCode(client_);
  GoTo("eu");
  const std::string token = Exchange(client_, code).json()["refresh_token"];
  GoTo("us");
  EXPECT_EQ(Post("/oauth/v2/token/revoke", {{"token", token}}).status, 400);
  GoTo("eu");
  EXPECT_EQ(Post("/oauth/v2/token/revoke", {{"token", token}}).status, 200);
}

TEST_F(DataCentersTest, OnlyUsersOfThoseServedSignIn) {
  const Reply page = ConsentPage(Authorization(client_));
  EXPECT_THAT(page.body, HasSubstr(kEuropean));
  EXPECT_THAT(page.body, Not(HasSubstr("jun@example.com")));
  EXPECT_EQ(Press(page.body, "accept", "jun@example.com").status, 400);
}

TEST_F(DataCentersTest, AUserCanBeMoved) {
  EXPECT_EQ(Control("users", {{"name", "zoe"}, {"location", "eu"}}).status,
            200);
  EXPECT_EQ(Control("users", {{"name", "zoe"}, {"location", "mars"}}).status,
            400);
  const Reply reply = Decide(Authorization(client_), "accept", "zoe");
  EXPECT_EQ(QueryValue(reply.location, "location"), "eu");
}

TEST_F(DataCentersTest, ADeviceIsSentToItsUsers) {
  const json answer =
      Control("clients", {{"type", "non-browser"}, {"shared_secret", true}})
          .json();
  const std::string id = answer["client_id"];
  const json device =
      Post("/oauth/v3/device/code", {{"grant_type", "device_request"},
                                     {"client_id", id},
                                     {"scope", "ZohoCliq.Channels.READ"}})
          .json();
  const Reply page =
      Post("/oauth/v3/device", {{"user_code", device["user_code"]}});
  Press(page.body, "accept", kEuropean);
  const Form poll = {{"grant_type", "device_token"},
                     {"client_id", id},
                     {"client_secret", answer["client_secret"]},
                     {"code", device["device_code"]}};
  EXPECT_EQ(Post("/oauth/v3/device/token", poll).json(),
            json({{"error", "other_dc"}, {"user_location", "eu"}}));
  Advance(30);
  GoTo("eu");
  EXPECT_TRUE(
      Post("/oauth/v3/device/token", poll).json().contains("access_token"));
}

TEST_F(DataCentersTest, TheConsoleShowsTheSecretOfEach) {
  const std::string form_token =
      FieldValue(Get("/developerconsole").body, "form_token");
  const Reply page = Post(
      "/developerconsole/clients",
      {{"form_token", form_token}, {"name", "App"}, {"type", "self-client"}});
  EXPECT_THAT(page.body, HasSubstr("<dt>Client secret</dt>"));
  EXPECT_THAT(page.body, HasSubstr("<dt>Client secret, eu</dt>"));
  EXPECT_THAT(page.body, HasSubstr("<dd>eu, us</dd>"));
}

TEST(DataCenterOptionsTest, OneThatDoesNotExistIsRefused) {
  SandboxOptions options;
  options.data_centers = {"mars"};
  EXPECT_EQ(Sandbox::Start(options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bursar::sandbox

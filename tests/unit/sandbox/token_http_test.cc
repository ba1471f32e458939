#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

class TokenTest : public RunningSandbox {
 protected:
  const Client client_ = Register();
};

TEST_F(TokenTest, ACodeBringsEverythingTheProviderSends) {
  const Reply reply = Exchange(client_, ConsentCode(client_));
  EXPECT_EQ(reply.status, 200);
  const json answer = reply.json();
  EXPECT_TRUE(answer["access_token"].is_string());
  EXPECT_TRUE(answer["refresh_token"].is_string());
  EXPECT_EQ(answer["token_type"], "Bearer");
  EXPECT_EQ(answer["expires_in"], 3600);
  EXPECT_EQ(answer["scope"], "ZohoCliq.Channels.READ");
  EXPECT_EQ(answer["api_domain"], sandbox_->url());
}

TEST_F(TokenTest, ACodeWorksOnce) {
  const std::string code = ConsentCode(client_);
  EXPECT_TRUE(Exchange(client_, code).json().contains("access_token"));
  const Reply again = Exchange(client_, code);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, kDead);
}

TEST_F(TokenTest, ACodeLivesForTwoMinutes) {
  const std::string code = ConsentCode(client_);
  Advance(120);
  EXPECT_EQ(Exchange(client_, code).body, kDead);
}

TEST_F(TokenTest, ARefreshBringsNoRefreshToken) {
  const json answer = Refresh(client_, RefreshToken(client_)).json();
  EXPECT_TRUE(answer.contains("access_token"));
  EXPECT_FALSE(answer.contains("refresh_token"));
}

TEST_F(TokenTest, WithoutPromptASecondConsentBringsNoRefreshToken) {
  auto query = Authorization(client_);
  query.erase("prompt");
  const auto consent = [&] {
    const Reply reply = Decide(query, "accept");
    return Exchange(client_, QueryValue(reply.location, "code")).json();
  };
  EXPECT_TRUE(consent().contains("refresh_token"));
  EXPECT_FALSE(consent().contains("refresh_token"));
}

TEST_F(TokenTest, AccessIsOnlineWhereTheRequestIsSilent) {
  auto query = Authorization(client_);
  query.erase("access_type");
  const Reply reply = Decide(query, "accept");
  EXPECT_FALSE(Exchange(client_, QueryValue(reply.location, "code"))
                   .json()
                   .contains("refresh_token"));
}

TEST_F(TokenTest, FaultsOfTheCallerComeAsTwoHundredWithAnError) {
  const Form good = {{"grant_type", "refresh_token"},
                     {"client_id", client_.id},
                     {"client_secret", client_.secret},
                     {"refresh_token", RefreshToken(client_)}};
  const std::tuple<const char*, const char*, const char*> wrong[] = {
      {"client_id", "1000.NOBODY", "invalid_client"},
      {"client_secret", "wrong", "invalid_client_secret"},
      {"client_secret", "", "invalid_client_secret"},
      {"grant_type", "password", "invalid_client"},
      {"refresh_token", "1000.wrong", "invalid_code"},
      {"refresh_token", "", "invalid_code"},
  };
  for (const auto& [name, value, error] : wrong) {
    Form form = good;
    form[name] = value;
    const Reply reply = Token(form);
    EXPECT_EQ(reply.status, 200) << name;
    EXPECT_EQ(reply.json(), json({{"error", error}})) << name;
  }
  EXPECT_TRUE(Token(good).json().contains("access_token"));
}

TEST_F(TokenTest, AnotherRedirectUriIsRefused) {
  const Reply reply = Token({{"grant_type", "authorization_code"},
                             {"client_id", client_.id},
                             {"client_secret", client_.secret},
                             {"redirect_uri", "http://127.0.0.1:1/Callback"},
                             {"code", ConsentCode(client_)}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["error"], "invalid_redirect_uri");
}

TEST_F(TokenTest, AWrongMethodOrNoGrantTypeIsABadRequest) {
  EXPECT_EQ(Get("/oauth/v2/token").status, 400);
  EXPECT_EQ(Token({{"client_id", client_.id}}).status, 400);
}

TEST_F(TokenTest, AMobileClientNeedsItsVerifierAndNoSecret) {
  const Client mobile = Register("mobile-based");
  const std::string verifier(43, 'v');
  auto query = Authorization(mobile);
  query["code_challenge"] = verifier;
  const auto exchange = [&](const std::string& sent) {
    const Reply reply = Decide(query, "accept");
    return Token({{"grant_type", "authorization_code"},
                  {"client_id", mobile.id},
                  {"redirect_uri", kRedirect},
                  {"code", QueryValue(reply.location, "code")},
                  {"code_verifier", sent}});
  };
  EXPECT_EQ(mobile.secret, "");
  EXPECT_EQ(exchange("").body, kDead);
  EXPECT_EQ(exchange(std::string(43, 'w')).body, kDead);
  EXPECT_TRUE(exchange(verifier).json().contains("refresh_token"));
}

TEST_F(TokenTest, ASelfClientsCredentialsNeedAnOrganization) {
  const Client self = Register("self-client");
  Form form = {{"grant_type", "client_credentials"},
               {"client_id", self.id},
               {"client_secret", self.secret},
               {"scope", "ZohoCliq.Channels.READ"}};
  EXPECT_EQ(Token(form).json()["error"], "missing_org_info");
  form["soid"] = "ZohoCliq.";
  EXPECT_EQ(Token(form).json()["error"], "missing_org_info");
  form["soid"] = "ZohoCliq.1234";
  const json answer = Token(form).json();
  EXPECT_EQ(Api(answer["access_token"]).status, 200);
  EXPECT_FALSE(answer.contains("refresh_token"));
}

TEST_F(TokenTest, OnlyASelfClientGetsTokensForItself) {
  EXPECT_EQ(Token({{"grant_type", "client_credentials"},
                   {"client_id", client_.id},
                   {"client_secret", client_.secret},
                   {"scope", "ZohoCliq.Channels.READ"},
                   {"soid", "ZohoCliq.1234"}})
                .json()["error"],
            "invalid_client");
}

TEST_F(TokenTest, TheEleventhRefreshIsThrottledUntilTheWindowIsOver) {
  const std::string token = RefreshToken(client_);
  for (int i = 0; i < 10; ++i) Refresh(client_, token);
  const Reply reply = Refresh(client_, token);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["status"], "failure");
  EXPECT_EQ(reply.json()["error"], "Access Denied");
  EXPECT_EQ(Counters()["throttled"], 1);
  Advance(600);
  EXPECT_TRUE(Refresh(client_, token).json().contains("access_token"));
}

TEST_F(TokenTest, AThrottledCodeIsStillGoodAfterwards) {
  for (int i = 0; i < 5; ++i) RefreshToken(client_);
  const std::string code = ConsentCode(client_);
  EXPECT_EQ(Exchange(client_, code).json()["status"], "failure");
  Advance(60);
  EXPECT_TRUE(Exchange(client_, code).json().contains("refresh_token"));
}

TEST_F(TokenTest, AnswersFollowThePersonasSwitches) {
  Switch("expires_in_unit", "milliseconds");
  Switch("expires_in_sec_field", true);
  Switch("scope_in_answer", false);
  Switch("api_domain_in_answer", false);
  Switch("dead_error", "invalid_grant");
  Switch("error_status", 403);
  const json answer = Refresh(client_, RefreshToken(client_)).json();
  EXPECT_EQ(answer["expires_in"], 3600000);
  EXPECT_EQ(answer["expires_in_sec"], 3600);
  EXPECT_FALSE(answer.contains("scope"));
  EXPECT_FALSE(answer.contains("api_domain"));
  const Reply dead = Refresh(client_, "1000.none");
  EXPECT_EQ(dead.status, 403);
  EXPECT_EQ(dead.json()["error"], "invalid_grant");
}

TEST_F(TokenTest, RotationReplacesTheRefreshToken) {
  Switch("rotation", true);
  const std::string old = RefreshToken(client_);
  const std::string next = Refresh(client_, old).json()["refresh_token"];
  EXPECT_EQ(Refresh(client_, old).body, kDead);
  EXPECT_TRUE(Refresh(client_, next).json().contains("refresh_token"));
  EXPECT_EQ(Counters()["reuse_refused"], 1);
}

TEST_F(TokenTest, ARefreshNeedsItsRedirectUriIfThePersonaSaysSo) {
  const std::string token = RefreshToken(client_);
  Switch("redirect_uri_on_refresh", true);
  EXPECT_EQ(Refresh(client_, token).json()["error"], "invalid_redirect_uri");
}

}  // namespace
}  // namespace bursar::sandbox

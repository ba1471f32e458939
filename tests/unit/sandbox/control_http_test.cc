#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class ControlTest : public RunningSandbox {
 protected:
  std::set<std::string> Issued() const {
    std::set<std::string> values;
    const json answer = Get("/control/issued").json();
    for (const json& issued : answer["values"]) {
      values.insert(issued["value"]);
    }
    return values;
  }
};

TEST_F(ControlTest, TheClockMovesByWhatItIsTold) {
  const std::string before = Get("/control/clock").json()["now"];
  Advance(7 * 24 * 3600);
  const std::string after = Get("/control/clock").json()["now"];
  EXPECT_LT(before, after);
  EXPECT_EQ(Control("clock", {{"advance_seconds", -1}}).status, 400);
}

TEST_F(ControlTest, EveryIssuedSecretIsListed) {
  const Client client = Register();
  const std::string code = ConsentCode(client);
  const json answer = Exchange(client, code).json();
  const auto issued = Issued();
  for (const std::string& secret :
       {client.secret, code, answer["access_token"].get<std::string>(),
        answer["refresh_token"].get<std::string>(),
        std::string("opaque & odd")}) {
    EXPECT_THAT(issued, Contains(secret));
  }
}

TEST_F(ControlTest, CountersNameCallsAndTokensButNoSecret) {
  const Client client = Register();
  const std::string token = RefreshToken(client);
  Refresh(client, token);
  Refresh(client, token);
  const Reply reply = Get("/control/counters");
  const json counters = reply.json();
  EXPECT_EQ(counters["calls"]["token.code"], 1);
  EXPECT_EQ(counters["calls_by_client"][client.id]["token.refresh"], 2);
  EXPECT_EQ(counters["issued"]["access_tokens"], 3);
  EXPECT_EQ(counters["issued"]["refresh_tokens"], 1);
  EXPECT_EQ(counters["refresh_tokens"][0]["redeemed"], 2);
  EXPECT_EQ(counters["refresh_tokens"][0]["state"], "alive");
  EXPECT_EQ(counters["living"][0]["refresh_tokens"], 1);
  for (const std::string& secret : Issued()) {
    EXPECT_THAT(reply.body, Not(HasSubstr(secret)));
  }
}

TEST_F(ControlTest, GrantsCanBeMadeWithoutConsent) {
  const Client client = Register();
  json users = json::array();
  for (int i = 0; i < 30; ++i) users.push_back("ann@example.com");
  const json tokens = Control("grants", {{"client_id", client.id},
                                         {"users", users},
                                         {"scope", "ZohoCliq.Channels.READ"}})
                          .json()["refresh_tokens"];
  ASSERT_EQ(tokens.size(), 30u);
  EXPECT_TRUE(Refresh(client, tokens[0]).json().contains("access_token"));
}

TEST_F(ControlTest, AnAccessTokenCanBeKilled) {
  const Client client = Register();
  const json answer = Exchange(client, ConsentCode(client)).json();
  const std::string token = answer["access_token"];
  EXPECT_EQ(Control("tokens/kill", {{"access_token", token}}).json()["ended"],
            1);
  EXPECT_EQ(Api(token).status, 401);
  EXPECT_TRUE(
      Refresh(client, answer["refresh_token"]).json().contains("access_token"));
}

TEST_F(ControlTest, AUsersAccessTokensCanBeKilledAlone) {
  const Client client = Register();
  const json answer = Exchange(client, ConsentCode(client)).json();
  Control("tokens/kill",
          {{"user", "ann@example.com"}, {"access_tokens_only", true}});
  EXPECT_EQ(Api(answer["access_token"]).status, 401);
  EXPECT_TRUE(
      Refresh(client, answer["refresh_token"]).json().contains("access_token"));
}

TEST_F(ControlTest, AUserCanRemoveTheApplication) {
  const Client client = Register();
  const json answer = Exchange(client, ConsentCode(client)).json();
  Control("tokens/kill", {{"user", "ann@example.com"}});
  EXPECT_EQ(Api(answer["access_token"]).status, 401);
  EXPECT_EQ(Refresh(client, answer["refresh_token"]).body, kDead);
}

TEST_F(ControlTest, ASecretCanBeReplaced) {
  const Client client = Register();
  const std::string token = RefreshToken(client);
  const std::string secret =
      Control("clients/secret", {{"client_id", client.id}})
          .json()["client_secret"];
  EXPECT_EQ(Refresh(client, token).json()["error"], "invalid_client_secret");
  EXPECT_TRUE(
      Refresh({client.id, secret}, token).json().contains("access_token"));
}

TEST_F(ControlTest, ADeletedClientLeavesNoToken) {
  const Client client = Register();
  const json answer = Exchange(client, ConsentCode(client)).json();
  EXPECT_EQ(Control("clients/delete", {{"client_id", client.id}}).status, 200);
  EXPECT_EQ(Api(answer["access_token"]).status, 401);
  EXPECT_EQ(Refresh(client, answer["refresh_token"]).json()["error"],
            "invalid_client");
  EXPECT_EQ(Control("clients/delete", {{"client_id", client.id}}).status, 404);
}

TEST_F(ControlTest, AWrongRequestSaysWhatIsWrongAndChangesNothing) {
  EXPECT_EQ(Control("switches", {{"rotation", true}, {"nonsense", 1}}).status,
            404);
  EXPECT_EQ(Get("/control/switches").json()["rotation"], "false");
  EXPECT_EQ(Control("clock", {{"advance", 1}}).status, 400);
  EXPECT_EQ(Control("clock", json::array()).status, 400);
  EXPECT_EQ(Control("clients", {{"type", "toaster"}}).status, 400);
}

}  // namespace
}  // namespace bursar::sandbox

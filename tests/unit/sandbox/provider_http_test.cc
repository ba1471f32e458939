// What providers other than Zoho say on the wire: one rule a test, on the
// persona as it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class ProviderTest : public RunningSandbox {
 protected:
  /// From now on the provider is `persona`, and has a client.
  void Be(Persona persona) {
    RunningSandbox::Be(std::move(persona));
    client_ = Register();
  }

  json Granted() const {
    return Exchange(client_, ConsentCode(client_)).json();
  }

  Reply DeadToken() const { return Refresh(client_, "none"); }
  Reply DeadCode() const { return Exchange(client_, "none"); }

  Client client_;
};

TEST_F(ProviderTest, EachGrantsRefreshesAndServesItsApi) {
  for (const Persona& persona : AllPersonas()) {
    SCOPED_TRACE(persona.name);
    Be(persona);
    const json granted = Granted();
    ASSERT_TRUE(granted.contains("refresh_token")) << granted;
    const json refreshed = Refresh(client_, granted["refresh_token"]).json();
    ASSERT_TRUE(refreshed.contains("access_token")) << refreshed;
    const std::string token = refreshed["access_token"];
    const std::string path = persona.api.front().path;
    EXPECT_EQ(Api(token, path).status, 200);
    EXPECT_EQ(ApiAs("Other", token, path).status, 401);
  }
}

TEST_F(ProviderTest, EachKeepsAScopeThatWasNotGrantedClosed) {
  for (const Persona& persona : AllPersonas()) {
    SCOPED_TRACE(persona.name);
    Be(persona);
    // Narrowest: whatever brings no access to the last resource.
    const ApiResource& closed = persona.api.back();
    const std::string token = Granted()["access_token"];
    const bool granted = std::any_of(
        closed.scopes.begin(), closed.scopes.end(), [&](const auto& scope) {
          return AllowsAll(ParseScopes(Authorization(client_)["scope"]),
                           {ScopeFor(persona.scopes, scope, "READ")});
        });
    EXPECT_EQ(Api(token, closed.path).status, granted ? 200 : 403);
  }
}

TEST_F(ProviderTest, PlainOnesRefuseAsTheStandardSays) {
  Be(RotatingPersona());
  EXPECT_EQ(DeadToken().status, 400);
  EXPECT_EQ(DeadToken().json(), json({{"error", "invalid_grant"}}));
  EXPECT_EQ(DeadCode().json(), json({{"error", "invalid_grant"}}));
  client_.secret = "wrong";
  EXPECT_EQ(DeadToken().status, 401);
  EXPECT_EQ(DeadToken().json(), json({{"error", "invalid_client"}}));
}

TEST_F(ProviderTest, PlainOnesNameAnUnsupportedGrantType) {
  Be(RotatingPersona());
  const Reply reply = Token({{"grant_type", "password"},
                             {"client_id", client_.id},
                             {"client_secret", client_.secret}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.json()["error"], "unsupported_grant_type");
}

TEST_F(ProviderTest, PlainOnesSayNothingOfDataCentres) {
  Be(RotatingPersona());
  const Reply reply = Decide(Authorization(client_), "accept");
  EXPECT_THAT(reply.location, Not(HasSubstr("location=")));
  EXPECT_THAT(reply.location, Not(HasSubstr("accounts-server=")));
  EXPECT_FALSE(Granted().contains("api_domain"));
}

TEST_F(ProviderTest, PlainOnesReadNoParametersFromTheQuery) {
  Be(RotatingPersona());
  EXPECT_EQ(Post("/token?grant_type=refresh_token", {}).json()["error"],
            "invalid_request");
}

TEST_F(ProviderTest, PlainOnesRevokeWhateverTheyAreShown) {
  Be(RotatingPersona());
  const Form form = {{"token", "none"},
                     {"client_id", client_.id},
                     {"client_secret", client_.secret}};
  EXPECT_EQ(Post("/revoke", form).status, 200);
}

TEST_F(ProviderTest, PlainOnesGiveARefreshTokenAtEachConsent) {
  Be(BoxPersona());
  auto query = Authorization(client_);
  query.erase("prompt");
  query.erase("access_type");
  for (int i = 0; i < 2; ++i) {
    const Reply reply = Decide(query, "accept");
    EXPECT_TRUE(Exchange(client_, QueryValue(reply.location, "code"))
                    .json()
                    .contains("refresh_token"));
  }
}

TEST_F(ProviderTest, GoogleGivesARefreshTokenAtTheFirstConsentAlone) {
  Be(GooglePersona());
  auto query = Authorization(client_);
  query.erase("prompt");
  std::vector<bool> given;
  for (int i = 0; i < 2; ++i) {
    const Reply reply = Decide(query, "accept");
    given.push_back(Exchange(client_, QueryValue(reply.location, "code"))
                        .json()
                        .contains("refresh_token"));
  }
  EXPECT_THAT(given, testing::ElementsAre(true, false));
}

TEST_F(ProviderTest, SomeGiveARefreshTokenForAScope) {
  for (const Persona& persona :
       {MicrosoftPersona(), AtlassianPersona(), XeroPersona(), OktaPersona(),
        Auth0Persona(), SalesforcePersona()}) {
    SCOPED_TRACE(persona.name);
    Be(persona);
    auto query = Authorization(client_);
    query["scope"] = persona.scopes.back().resource;
    if (persona.offline_scope == query["scope"]) {
      query["scope"] = persona.scopes.front().resource;
    }
    const Reply reply = Decide(query, "accept");
    EXPECT_FALSE(Exchange(client_, QueryValue(reply.location, "code"))
                     .json()
                     .contains("refresh_token"));
  }
}

TEST_F(ProviderTest, MicrosoftSaysInACodeOfItsOwnWhatIsWrong) {
  Be(MicrosoftPersona());
  const Reply reply = DeadToken();
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.json()["error"], "invalid_grant");
  EXPECT_THAT(reply.json()["error_description"].get<std::string>(),
              HasSubstr("AADSTS70008"));
}

TEST_F(ProviderTest, GithubRefusesWithTwoHundred) {
  Be(GithubPersona());
  EXPECT_EQ(DeadToken().status, 200);
  EXPECT_EQ(DeadToken().json()["error"], "bad_refresh_token");
  EXPECT_EQ(DeadCode().status, 200);
  EXPECT_EQ(DeadCode().json()["error"], "bad_verification_code");
  client_.secret = "wrong";
  EXPECT_EQ(DeadToken().status, 200);
  EXPECT_EQ(DeadToken().json()["error"], "incorrect_client_credentials");
}

TEST_F(ProviderTest, GithubWantsNoScope) {
  Be(GithubPersona());
  auto query = Authorization(client_);
  query.erase("scope");
  const Reply reply = Decide(query, "accept");
  const json answer =
      Exchange(client_, QueryValue(reply.location, "code")).json();
  EXPECT_EQ(answer["scope"], "");
  EXPECT_EQ(answer["token_type"], "bearer");
  EXPECT_EQ(Api(answer["access_token"], "user").status, 200);
  EXPECT_EQ(Api(answer["access_token"], "repos").status, 403);
}

TEST_F(ProviderTest, SalesforceDoesNotTellHowLongATokenLives) {
  Be(SalesforcePersona());
  EXPECT_FALSE(Granted().contains("expires_in"));
}

TEST_F(ProviderTest, SlackSaysInOkWhetherItIsGood) {
  Be(SlackPersona());
  const Reply dead = DeadToken();
  EXPECT_EQ(dead.status, 200);
  EXPECT_EQ(dead.json(), json({{"ok", false}, {"error", "invalid_grant"}}));
  EXPECT_EQ(Granted()["ok"], true);
  client_.secret = "wrong";
  EXPECT_EQ(DeadToken().json(),
            json({{"ok", false}, {"error", "bad_client_secret"}}));
}

TEST_F(ProviderTest, SlackSeparatesScopesByCommas) {
  Be(SlackPersona());
  auto query = Authorization(client_);
  query["scope"] = "channels:read,chat:write";
  const Reply reply = Decide(query, "accept");
  EXPECT_EQ(
      Exchange(client_, QueryValue(reply.location, "code")).json()["scope"],
      "channels:read,chat:write");
}

TEST_F(ProviderTest, AtlassianRefusesWithFourHundredAndThree) {
  Be(AtlassianPersona());
  EXPECT_EQ(DeadToken().status, 403);
  EXPECT_EQ(DeadToken().json(), json({{"error", "invalid_grant"}}));
}

TEST_F(ProviderTest, QuickbooksAndXeroWantTheClientAsBasic) {
  for (const Persona& persona : {QuickbooksPersona(), XeroPersona()}) {
    SCOPED_TRACE(persona.name);
    Be(persona);
    const std::string refresh_token = Granted()["refresh_token"];
    const Reply reply = Token({{"grant_type", "refresh_token"},
                               {"client_id", client_.id},
                               {"client_secret", client_.secret},
                               {"refresh_token", refresh_token}});
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.json()["error"], "invalid_client");
    EXPECT_EQ(Refresh(client_, refresh_token).status, 200);
  }
}

TEST_F(ProviderTest, HubspotNamesWhatIsWrongInStatus) {
  Be(HubspotPersona());
  EXPECT_EQ(DeadToken().status, 400);
  EXPECT_EQ(DeadToken().json(), json({{"status", "BAD_REFRESH_TOKEN"}}));
  EXPECT_EQ(DeadCode().json(), json({{"status", "BAD_AUTH_CODE"}}));
}

}  // namespace
}  // namespace bursar::sandbox

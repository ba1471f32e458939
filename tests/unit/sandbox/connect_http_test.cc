#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sandbox/product_test.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class ConnectTest : public ProductTest {
 protected:
  ConnectTest() : ProductTest(ConnectPersona()) {}

  std::string ExchangeError(Form more) const {
    more.insert({{"grant_type", "authorization_code"},
                 {"client_id", client_.id},
                 {"client_secret", client_.secret},
                 {"redirect_uri", kRedirect},
                 {"code", ConsentCode(client_)}});
    return Token(more).json().value("error", "none");
  }
};

TEST_F(ConnectTest, StateAndAccessTypeAreMandatory) {
  for (const char* name : {"state", "access_type"}) {
    auto query = Authorization(client_);
    query.erase(name);
    EXPECT_EQ(ConsentPage(query).status, 400) << name;
  }
}

TEST_F(ConnectTest, TheAnswerIsInMillisecondsAndSaysNoMore) {
  json answer = Granted();
  EXPECT_EQ(answer["expires_in"], 3600000);
  EXPECT_EQ(answer["token_type"], "Bearer");
  EXPECT_TRUE(answer.contains("refresh_token"));
  EXPECT_EQ(answer.size(), 4u) << "an answer has other fields too";
}

TEST_F(ConnectTest, AnAccessTokenLivesForAnHourAllTheSame) {
  const std::string token = Granted()["access_token"];
  Advance(3599);
  EXPECT_EQ(Api(token, "feeds").status, 200);
  Advance(1);
  EXPECT_EQ(Api(token, "feeds").status, 401);
}

TEST_F(ConnectTest, AnExchangeNamesTheScopeOfItsConsent) {
  EXPECT_EQ(ExchangeError({}), "invalid_scope");
  EXPECT_EQ(ExchangeError({{"scope", "zohopulse.tasks.READ"}}),
            "invalid_scope");
  EXPECT_EQ(ExchangeError({{"scope", "zohopulse.feedList.READ"}}), "none");
}

TEST_F(ConnectTest, AnExchangesStateIsTheConsents) {
  EXPECT_EQ(ExchangeError(
                {{"scope", "zohopulse.feedList.READ"}, {"state", "another"}}),
            "invalid_code");
  EXPECT_EQ(ExchangeError({{"scope", "zohopulse.feedList.READ"},
                           {"state", "opaque & odd"}}),
            "none");
}

TEST_F(ConnectTest, AnExchangeNeedsItsStateIfThePersonaSaysSo) {
  Switch("state_on_exchange", true);
  EXPECT_EQ(ExchangeError({{"scope", "zohopulse.feedList.READ"}}),
            "invalid_code");
}

TEST_F(ConnectTest, ARefreshNeedsItsRedirectUriAndScope) {
  EXPECT_EQ(RefreshErrorWithout("redirect_uri"), "invalid_redirect_uri");
  EXPECT_EQ(RefreshErrorWithout("scope"), "invalid_scope");
}

TEST_F(ConnectTest, ScopesMayBeJoinedByCommaAndBlank) {
  auto query = Authorization(client_);
  query["scope"] = "zohopulse.feedList.READ, zohopulse.tasks.READ";
  EXPECT_EQ(ConsentPage(query).status, 200);
}

TEST_F(ConnectTest, AClientIsRegisteredWithItsDomain) {
  const std::string form_token =
      FieldValue(Get("/developerconsole").body, "form_token");
  Form form = {{"form_token", form_token},
               {"name", "App"},
               {"type", "server-based"},
               {"redirect_uris", kRedirect}};
  EXPECT_THAT(Post("/developerconsole/clients", form).body,
              HasSubstr("needs a client domain"));
  form["domain"] = "app.example.com";
  EXPECT_THAT(Post("/developerconsole/clients", form).body,
              HasSubstr("<dt>Client domain</dt><dd>app.example.com</dd>"));
}

}  // namespace
}  // namespace bursar::sandbox

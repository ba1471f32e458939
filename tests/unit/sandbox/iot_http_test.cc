#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/sandbox/product_test.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class IotTest : public ProductTest {
 protected:
  IotTest() : ProductTest(IotPersona()) {}

  Reply FirstPage() const {
    return Get(absl::StrCat("/oauth/v2/auth?client_id=", client_.id,
                            "&response_type=code&redirect_uri=", kRedirect,
                            "&scope=ZohoIOT.modules.devices.ALL"));
  }
};

TEST_F(IotTest, AnOrganisationIsChosenBeforeTheConsent) {
  const Reply first = FirstPage();
  EXPECT_THAT(first.body, HasSubstr("Which organisation"));
  EXPECT_THAT(first.body, HasSubstr("Zylker Waterworks"));
  const Reply second =
      Post("/oauth/v2/auth/organization",
           {{"form_token", FieldValue(first.body, "form_token")},
            {"organization", "60002"}});
  EXPECT_THAT(second.body, HasSubstr("For Zylker Waterworks"));
  EXPECT_THAT(second.body,
              HasSubstr("See, create, change and delete devices in Zoho IoT"));
  EXPECT_EQ(Press(second.body, "accept").status, 302);
}

TEST_F(IotTest, WithoutAnOrganisationThereIsNoConsent) {
  EXPECT_EQ(Press(FirstPage().body, "accept").status, 400);
}

TEST_F(IotTest, AnOrganisationOfOthersCannotBeChosen) {
  EXPECT_EQ(Post("/oauth/v2/auth/organization",
                 {{"form_token", FieldValue(FirstPage().body, "form_token")},
                  {"organization", "1"}})
                .status,
            400);
}

TEST_F(IotTest, ACodeLivesForOneMinute) {
  const std::string code = ConsentCode(client_);
  Advance(60);
  EXPECT_EQ(Exchange(client_, code).body, kDead);
}

TEST_F(IotTest, AccessIsOfflineWhereTheRequestIsSilent) {
  EXPECT_TRUE(GrantedWithout("access_type").contains("refresh_token"));
}

TEST_F(IotTest, TheAnswerSaysTheScopeAndTheApisDomain) {
  const json answer = Granted();
  EXPECT_EQ(answer["scope"], "ZohoIOT.modules.devices.READ");
  EXPECT_EQ(answer["api_domain"], sandbox_->url());
  EXPECT_EQ(answer["expires_in"], 3600);
}

TEST_F(IotTest, ARefreshNeedsItsRedirectUri) {
  EXPECT_EQ(RefreshErrorWithout("redirect_uri"), "invalid_redirect_uri");
  EXPECT_EQ(RefreshErrorWithout("scope"), "none");
}

TEST_F(IotTest, TheHeadersSchemeIsZohoAuthtoken) {
  const std::string token = Granted()["access_token"];
  EXPECT_EQ(ApiAs("Zoho-oauthtoken", token, "devices").status, 401);
  EXPECT_EQ(ApiAs("Zoho-authtoken", token, "devices").status, 200);
}

TEST_F(IotTest, FullAccessOpensEverything) {
  auto query = Authorization(client_);
  query["scope"] = "ZohoIOT.iotfullaccess.ALL";
  const Reply reply = Decide(query, "accept");
  const std::string token =
      Exchange(client_, QueryValue(reply.location, "code"))
          .json()["access_token"];
  EXPECT_EQ(Api(token, "alarms").status, 200);
}

TEST_F(IotTest, AUsersTwentyFirstRefreshTokenEvictsTheirFirstOfAnyClient) {
  Switch("refresh_tokens_per_window", 0);
  Switch("codes_per_window", 0);
  const std::string first = RefreshToken(client_);
  const Client other = Register();
  for (int i = 0; i < 20; ++i) RefreshToken(other);
  EXPECT_EQ(Refresh(client_, first).body, kDead);
}

}  // namespace
}  // namespace bursar::sandbox

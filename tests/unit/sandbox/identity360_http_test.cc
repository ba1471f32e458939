#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/sandbox/product_test.h"

namespace bursar::sandbox {
namespace {

class Identity360Test : public ProductTest {
 protected:
  Identity360Test() : ProductTest(Identity360Persona()) {}
};

TEST_F(Identity360Test, ACodeLivesForOneMinute) {
  const std::string code = ConsentCode(client_);
  Advance(60);
  EXPECT_EQ(Exchange(client_, code).body, kDead);
}

TEST_F(Identity360Test, AccessIsOnlineWhereTheRequestIsSilent) {
  EXPECT_FALSE(GrantedWithout("access_type").contains("refresh_token"));
}

TEST_F(Identity360Test, TheSixthRefreshTokenInAMinuteIsThrottled) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Granted().contains("refresh_token"));
  EXPECT_EQ(Granted()["status"], "failure");
}

TEST_F(Identity360Test, WriteOpensWhatItIsMadeOf) {
  auto query = Authorization(client_);
  query["scope"] = "idmpod.user.WRITE";
  const Reply reply = Decide(query, "accept");
  const std::string token =
      Exchange(client_, QueryValue(reply.location, "code"))
          .json()["access_token"];
  EXPECT_EQ(Api(token, "users").status, 403);
  EXPECT_EQ(Post("/api/v1/users", {},
                 {{"Authorization", absl::StrCat("Zoho-oauthtoken ", token)}})
                .status,
            200);
}

}  // namespace
}  // namespace bursar::sandbox

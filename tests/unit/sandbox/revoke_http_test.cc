#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

class RevokeTest : public RunningSandbox {
 protected:
  Reply RevokeAs(const Client& client, const std::string& token) const {
    return Post(
        "/oauth/v2/revoke/token", {{"token", token}},
        {{"Authorization",
          absl::StrCat("Basic ", absl::Base64Escape(absl::StrCat(
                                     client.id, ":", client.secret)))}});
  }

  const Client client_ = Register();
};

TEST_F(RevokeTest, ByValueEndsTheTokenAndItsAccessTokens) {
  const std::string token = RefreshToken(client_);
  const std::string access_token =
      Refresh(client_, token).json()["access_token"];
  EXPECT_EQ(Api(access_token).status, 200);
  const Reply reply =
      Post(absl::StrCat("/oauth/v2/token/revoke?token=", token), {});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{\"status\":\"success\"}");
  EXPECT_EQ(Api(access_token).status, 401);
  EXPECT_EQ(Refresh(client_, token).body, kDead);
}

TEST_F(RevokeTest, ByClientEndsTheToken) {
  const std::string token = RefreshToken(client_);
  EXPECT_EQ(RevokeAs(client_, token).status, 200);
  EXPECT_EQ(Refresh(client_, token).body, kDead);
}

TEST_F(RevokeTest, ByAnotherClientIsRefused) {
  const std::string token = RefreshToken(client_);
  EXPECT_EQ(RevokeAs(Register(), token).status, 400);
  EXPECT_EQ(RevokeAs({client_.id, "wrong"}, token).json()["error"],
            "invalid_client_secret");
  EXPECT_TRUE(Refresh(client_, token).json().contains("access_token"));
}

TEST_F(RevokeTest, AnUnknownTokenIsABadRequestUnlessSwitched) {
  EXPECT_EQ(Post("/oauth/v2/token/revoke", {{"token", "none"}}).status, 400);
  EXPECT_EQ(RevokeAs(client_, "none").status, 400);
  Switch("revoke_unknown_status", 200);
  EXPECT_EQ(RevokeAs(client_, "none").status, 200);
}

TEST_F(RevokeTest, EachGenerationCanBeMissing) {
  Switch("revocation_by_value", false);
  Switch("revocation_by_client", false);
  EXPECT_EQ(Post("/oauth/v2/token/revoke", {{"token", "none"}}).status, 404);
  EXPECT_EQ(RevokeAs(client_, "none").status, 404);
}

}  // namespace
}  // namespace bursar::sandbox

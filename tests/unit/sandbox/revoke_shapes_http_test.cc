// Revocations that are not RFC 7009's, on the personas that have them.

#include <gtest/gtest.h>
#include <httplib.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

class RevokeShapesTest : public RunningSandbox {
 protected:
  void Be(Persona persona) {
    RunningSandbox::Be(std::move(persona));
    client_ = Register();
    granted_ = Exchange(client_, ConsentCode(client_)).json();
  }

  std::string Granted(const char* name) const {
    return granted_.value(name, "");
  }

  int EndGrant(const Client& client, const std::string& access_token) const {
    const std::string pair = absl::StrCat(client.id, ":", client.secret);
    const auto answer =
        httplib::Client("127.0.0.1", port_)
            .Delete(absl::StrCat("/applications/", client.id, "/grant"),
                    {{"Authorization",
                      absl::StrCat("Basic ", absl::Base64Escape(pair))}},
                    json{{"access_token", access_token}}.dump(),
                    "application/json");
    return answer ? answer->status : 0;
  }

  Client client_;
  json granted_;
};

TEST_F(RevokeShapesTest, GitHubEndsAllThatTheUserGranted) {
  Be(GithubPersona());
  const json other = Exchange(client_, ConsentCode(client_)).json();
  EXPECT_EQ(EndGrant(client_, Granted("access_token")), 204);
  EXPECT_EQ(Refresh(client_, Granted("refresh_token")).json()["error"],
            "bad_refresh_token");
  EXPECT_EQ(Refresh(client_, other["refresh_token"]).json()["error"],
            "bad_refresh_token");
}

TEST_F(RevokeShapesTest, GitHubWantsTheClientsOwnSecret) {
  Be(GithubPersona());
  EXPECT_EQ(EndGrant({client_.id, "wrong"}, Granted("access_token")), 401);
  EXPECT_EQ(Api(Granted("access_token"), "me").status, 200);
}

TEST_F(RevokeShapesTest, GitHubTakesNoRefreshTokenForAnAccessToken) {
  Be(GithubPersona());
  EXPECT_EQ(EndGrant(client_, "none"), 404);
}

TEST_F(RevokeShapesTest, HubSpotEndsTheRefreshTokenAlone) {
  Be(HubspotPersona());
  const std::string path =
      absl::StrCat("/oauth/v1/refresh-tokens/", Granted("refresh_token"));
  EXPECT_EQ(Delete(path).status, 204);
  EXPECT_EQ(Refresh(client_, Granted("refresh_token")).json()["status"],
            "BAD_REFRESH_TOKEN");
  EXPECT_EQ(Api(Granted("access_token"), "me").status, 200);
  EXPECT_EQ(Delete(path).status, 404);
}

TEST_F(RevokeShapesTest, SlackEndsTheTokenThatIsTheCredential) {
  Be(SlackPersona());
  const std::map<std::string, std::string> credential = {
      {"Authorization", absl::StrCat("Bearer ", Granted("access_token"))}};
  EXPECT_EQ(Post("/api/auth.revoke", {}, credential).json(),
            (json{{"ok", true}, {"revoked", true}}));
  EXPECT_EQ(Api(Granted("access_token"), "me").status, 401);
  EXPECT_EQ(Post("/api/auth.revoke", {}, credential).json()["error"],
            "invalid_auth");
}

TEST_F(RevokeShapesTest, TheOthersHaveNoneOfThem) {
  Be(RotatingPersona());
  EXPECT_EQ(EndGrant(client_, Granted("access_token")), 404);
  EXPECT_EQ(Post("/api/auth.revoke", {}).status, 404);
}

}  // namespace
}  // namespace bursar::sandbox

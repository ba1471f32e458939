#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

class ApiTest : public RunningSandbox {
 protected:
  const Client client_ = Register();
  const std::string token_ =
      Exchange(client_, ConsentCode(client_)).json()["access_token"];
};

TEST_F(ApiTest, ALivingTokenWithTheScopeOpensIt) {
  const Reply reply = Api(token_);
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.json()["data"].is_array());
}

TEST_F(ApiTest, OnlyTheProvidersOwnSchemeIsUnderstood) {
  for (const char* scheme :
       {"Bearer", "Zoho-authtoken", "zoho-oauthtoken", ""}) {
    EXPECT_EQ(ApiAs(scheme, token_, "channels").status, 401) << scheme;
  }
  EXPECT_EQ(Get("/api/v2/channels").status, 401);
}

TEST_F(ApiTest, AnExpiredOrUnknownTokenIsRefused) {
  EXPECT_EQ(Api("1000.none").json()["code"], "INVALID_TOKEN");
  Advance(3600);
  const Reply reply = Api(token_);
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(reply.json()["code"], "INVALID_TOKEN");
}

TEST_F(ApiTest, AScopeThatDoesNotCoverTheCallIsForbidden) {
  EXPECT_EQ(Api(token_, "chats").status, 403);
  EXPECT_EQ(Post("/api/v2/channels", {},
                 {{"Authorization", absl::StrCat("Zoho-oauthtoken ", token_)}})
                .status,
            403);
}

TEST_F(ApiTest, MessagesNeedTheirOwnScope) {
  EXPECT_EQ(Api(token_, "channels/1/messages").status, 403);
}

TEST_F(ApiTest, SaysWhoseTokenItIs) {
  auto query = Authorization(client_);
  query["scope"] = "ZohoCliq.Users.READ";
  const Reply reply = Decide(query, "accept", "zoe@example.com");
  const std::string token =
      Exchange(client_, QueryValue(reply.location, "code"))
          .json()["access_token"];
  EXPECT_EQ(Api(token, "users/me").json()["data"]["email_id"],
            "zoe@example.com");
}

TEST_F(ApiTest, WhatDoesNotExistIsNotFound) {
  EXPECT_EQ(Api(token_, "unicorns").status, 404);
}

}  // namespace
}  // namespace bursar::sandbox

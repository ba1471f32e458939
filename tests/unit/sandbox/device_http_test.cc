#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::EndsWith;
using testing::HasSubstr;

class DeviceTest : public RunningSandbox {
 protected:
  json Begin() const {
    return Post("/oauth/v3/device/code", {{"grant_type", "device_request"},
                                          {"client_id", client_.id},
                                          {"scope", "ZohoCliq.Channels.READ"},
                                          {"access_type", "offline"}})
        .json();
  }

  json Poll(const json& device) const {
    return Post("/oauth/v3/device/token", {{"grant_type", "device_token"},
                                           {"client_id", client_.id},
                                           {"client_secret", client_.secret},
                                           {"code", device["device_code"]}})
        .json();
  }

  Reply Enter(const std::string& user_code) const {
    return Post("/oauth/v3/device", {{"user_code", user_code}});
  }

  const Client client_ = Register("non-browser");
};

TEST_F(DeviceTest, ADeviceIsToldWhatToShow) {
  const json device = Begin();
  EXPECT_EQ(device["expires_in"], 300);
  EXPECT_EQ(device["interval"], 30);
  EXPECT_THAT(device["verification_url"].get<std::string>(),
              EndsWith("/oauth/v3/device"));
  EXPECT_EQ(device["user_code"].get<std::string>().size(), 9u);
}

TEST_F(DeviceTest, WhatAUserAcceptsTheDeviceGets) {
  const json device = Begin();
  EXPECT_EQ(Poll(device)["error"], "authorization_pending");
  EXPECT_EQ(Poll(device)["error"], "slow_down");
  const Reply page = Enter(device["user_code"]);
  EXPECT_THAT(page.body, HasSubstr("See channels in Zoho Cliq"));
  EXPECT_EQ(Press(page.body, "accept").status, 200);
  Advance(30);
  const json answer = Poll(device);
  EXPECT_TRUE(answer.contains("refresh_token"));
  EXPECT_EQ(Api(answer["access_token"]).status, 200);
}

TEST_F(DeviceTest, WhatAUserDeclinesTheDeviceIsToldOf) {
  const json device = Begin();
  Press(Enter(device["user_code"]).body, "reject");
  EXPECT_EQ(Poll(device)["error"], "access_denied");
}

TEST_F(DeviceTest, ACodeLivesForFiveMinutes) {
  const json device = Begin();
  Advance(300);
  EXPECT_EQ(Enter(device["user_code"]).status, 400);
  EXPECT_EQ(Poll(device)["error"], "expired");
}

TEST_F(DeviceTest, OnlyANonBrowserClientMayBegin) {
  EXPECT_EQ(Post("/oauth/v3/device/code", {{"grant_type", "device_request"},
                                           {"client_id", Register().id},
                                           {"scope", "ZohoCliq.Channels.READ"}})
                .json()["error"],
            "invalid_client");
}

TEST_F(DeviceTest, ThePageTakesTheCodeFromTheLink) {
  EXPECT_EQ(
      FieldValue(Get("/oauth/v3/device?user_code=BCDF-GHJK").body, "user_code"),
      "BCDF-GHJK");
}

}  // namespace
}  // namespace bursar::sandbox

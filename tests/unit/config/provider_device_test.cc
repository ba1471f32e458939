// A provider's device flow.

#include <string>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"
#include "tests/unit/config/one_provider.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ProviderDescriptorTest, ADeviceFlowIsRfc8628sUnlessItSaysOtherwise) {
  const Provider plain = LoadProvider(OAuth2("device: {endpoint: /device}"));
  ASSERT_TRUE(plain.device);
  EXPECT_EQ(plain.device->endpoint, "/device");
  EXPECT_EQ(plain.device->grant_type,
            "urn:ietf:params:oauth:grant-type:device_code");
  EXPECT_TRUE(plain.device->authenticates);
  const Provider other = LoadProvider(OAuth2(
      "device: {endpoint: /d, token_endpoint: /t, parameters: {a: b}, "
      "authenticates: false, grant_type: g, code_parameter: c, "
      "verification_uri_field: v, expiry_unit: 1ms, interval: 2s, "
      "slow_interval: 9s, errors: {gone: expired}, location_fields: [l]}"));
  ASSERT_TRUE(other.device);
  EXPECT_EQ(other.device->token_endpoint, "/t");
  EXPECT_EQ(other.device->parameters.at("a"), "b");
  EXPECT_FALSE(other.device->authenticates);
  EXPECT_EQ(other.device->grant_type, "g");
  EXPECT_EQ(other.device->code_parameter, "c");
  EXPECT_EQ(other.device->verification_uri_field, "v");
  EXPECT_EQ(other.device->expiry_unit, absl::Milliseconds(1));
  EXPECT_EQ(other.device->interval, absl::Seconds(2));
  EXPECT_EQ(other.device->slow_interval, absl::Seconds(9));
  EXPECT_EQ(other.device->errors.at("gone"), DeviceError::kExpired);
  EXPECT_THAT(other.device->location_fields, ElementsAre("l"));
}

TEST(ProviderDescriptorTest, NullTakesADeviceFlowAway) {
  EXPECT_TRUE(LoadProvider("[{name: x, descriptor: zoho}]").device);
  EXPECT_FALSE(
      LoadProvider("[{name: x, descriptor: zoho, device: null}]").device);
}

TEST(ProviderDescriptorTest, ADeviceFlowNeedsAnEndpoint) {
  const ConfigFolder folder;
  const auto config =
      folder.Load(WithProviders(OAuth2("device: {interval: 5s}")));
  EXPECT_THAT(std::string(config.status().message()),
              HasSubstr("device.endpoint"));
}

}  // namespace
}  // namespace bursar

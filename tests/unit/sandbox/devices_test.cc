#include "sandbox/devices.h"

#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "sandbox/personas.h"

namespace bursar::sandbox {
namespace {

constexpr absl::Time kDeviceStart = absl::UnixEpoch();

class DevicesTest : public testing::Test {
 protected:
  DevicesTest()
      : device_(devices_.Begin(persona_, "tv", {"ZohoCliq.Channels.READ"}, true,
                               issuer_, kDeviceStart)) {}

  Outcome<DeviceRequest> Poll(absl::Time now) {
    return devices_.Poll(persona_, device_.device_code, "tv", now);
  }
  Refusal WhyNot(absl::Time now) { return std::get<Refusal>(Poll(now)); }

  Persona persona_ = CliqPersona();
  SystemRandom random_;
  Issuer issuer_{random_};
  Devices devices_;
  DeviceRequest device_;
};

TEST_F(DevicesTest, IsPendingUntilSomebodyAnswers) {
  EXPECT_EQ(WhyNot(kDeviceStart), Refusal::kAuthorizationPending);
}

TEST_F(DevicesTest, TwoPollsWithinTheIntervalAreTooMany) {
  EXPECT_EQ(WhyNot(kDeviceStart), Refusal::kAuthorizationPending);
  EXPECT_EQ(WhyNot(kDeviceStart + absl::Seconds(29)), Refusal::kSlowDown);
  EXPECT_EQ(WhyNot(kDeviceStart + absl::Seconds(59)),
            Refusal::kAuthorizationPending);
}

TEST_F(DevicesTest, AcceptedWorksOnce) {
  ASSERT_TRUE(devices_.Accept(device_.device_code, "ann@example.com", true,
                              kDeviceStart));
  const auto polled = Poll(kDeviceStart);
  ASSERT_TRUE(std::holds_alternative<DeviceRequest>(polled));
  EXPECT_EQ(std::get<DeviceRequest>(polled).user, "ann@example.com");
  devices_.MarkRedeemed(device_.device_code);
  EXPECT_EQ(WhyNot(kDeviceStart + absl::Minutes(1)), Refusal::kDead);
}

TEST_F(DevicesTest, DeclinedSaysSo) {
  ASSERT_TRUE(devices_.Decline(device_.device_code, kDeviceStart));
  EXPECT_EQ(WhyNot(kDeviceStart), Refusal::kAccessDenied);
}

TEST_F(DevicesTest, ExpiresAfterFiveMinutes) {
  EXPECT_EQ(WhyNot(kDeviceStart + absl::Minutes(5)), Refusal::kExpired);
  EXPECT_FALSE(devices_.Accept(device_.device_code, "ann@example.com", true,
                               kDeviceStart + absl::Minutes(5)));
}

TEST_F(DevicesTest, IsForTheClientThatBegan) {
  EXPECT_EQ(std::get<Refusal>(devices_.Poll(persona_, device_.device_code,
                                            "printer", kDeviceStart)),
            Refusal::kDead);
}

TEST_F(DevicesTest, FindsACodeHoweverItWasTyped) {
  const std::string typed = absl::AsciiStrToLower(
      absl::StrReplaceAll(device_.user_code, {{"-", " "}}));
  EXPECT_TRUE(devices_.FindByUserCode(typed, kDeviceStart).has_value());
  EXPECT_FALSE(devices_.FindByUserCode("", kDeviceStart).has_value());
}

}  // namespace
}  // namespace bursar::sandbox

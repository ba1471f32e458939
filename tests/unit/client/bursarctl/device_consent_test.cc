// bursarctl grant begin-device-consent.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// A device's consent that is in these states, one after the other.
void AnswerWithDeviceConsents(ScriptedBroker& broker,
                              std::vector<v1::DeviceConsent::State> states) {
  broker.begin_device_consent.Set([](const auto&, auto& response) {
    response.set_id("device-1");
    response.set_user_code("USER-CODE");
    response.set_verification_uri("https://p.test/device");
    return grpc::Status::OK;
  });
  const auto next = std::make_shared<std::size_t>(0);
  broker.get_device_consent.Set([states, next](const auto&, auto& response) {
    response.set_state(states.at((*next)++));
    if (response.state() == v1::DeviceConsent::GRANTED) {
      response.set_grant("grant-1");
    }
    return grpc::Status::OK;
  });
}

TEST_F(BursarctlTest, ADevicesConsentIsFollowedToItsEnd) {
  AnswerWithDeviceConsents(
      broker_, {v1::DeviceConsent::PENDING, v1::DeviceConsent::GRANTED});
  const Outcome run = Run("grant begin-device-consent --user ann --client crm");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("USER-CODE"), HasSubstr("https://p.test/device"),
                    HasSubstr("GRANTED"), HasSubstr("grant-1")));
  EXPECT_THAT(run.err, HasSubstr("Waiting for the user"));
  EXPECT_EQ(broker_.get_device_consent.count(), 2u);
}

TEST_F(BursarctlTest, ADevicesConsentThatComesToNothingIsAFailure) {
  AnswerWithDeviceConsents(broker_, {v1::DeviceConsent::DECLINED});
  const Outcome run = Run("grant begin-device-consent --user ann --client crm");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("the user declined"));
}

TEST_F(BursarctlTest, ADevicesConsentNeedNotBeWaitedFor) {
  AnswerWithDeviceConsents(broker_, {});
  EXPECT_EQ(Run("grant begin-device-consent --user ann --client crm --no-wait")
                .exit_code,
            0);
  EXPECT_EQ(broker_.get_device_consent.count(), 0u);
}

}  // namespace
}  // namespace bursar::client

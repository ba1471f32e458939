// What answers to a device mean (RFC 8628), and what Zoho's do.

#include "server/upstream/device_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "server/upstream/token_request.h"
#include "tests/unit/upstream/built_in.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const char kDeviceAnswer[] =
    R"({"device_code":"d/1","user_code":"WDJB-MJHT",)"
    R"("verification_uri":"https://as.example/device",)"
    R"("verification_uri_complete":"https://as.example/device?c=WDJB-MJHT",)"
    R"("expires_in":1800,"interval":7})";

Provider DeviceProvider() {
  Provider provider = PlainProvider();
  provider.device = DeviceRule{"/device_authorization"};
  return provider;
}

DeviceBeginResult ReadBegin(const std::string& body, int status = 200,
                            const Provider& provider = DeviceProvider()) {
  return ReadDeviceAuthorization(AnswerOf(status, body), provider,
                                 *provider.device, kSent, kNow);
}

// The answer with one thing changed.
DeviceBeginResult ReadChanged(const std::string& from, const std::string& to) {
  const std::string body = absl::StrReplaceAll(kDeviceAnswer, {{from, to}});
  EXPECT_NE(body, kDeviceAnswer) << from;
  return ReadBegin(body);
}

bool IsMalformed(const DeviceBeginResult& result) {
  const auto* failed = std::get_if<RedeemResult>(&result);
  return failed != nullptr && (std::holds_alternative<Transient>(*failed) ||
                               std::holds_alternative<OutcomeUnknown>(*failed));
}

DevicePollResult ReadPoll(const std::string& body, int status = 400,
                          const Provider& provider = DeviceProvider()) {
  return ReadDevicePoll(AnswerOf(status, body), provider, *provider.device,
                        kSent, kNow);
}

DevicePollResult ReadPollError(const std::string& error,
                               const Provider& provider = DeviceProvider()) {
  return ReadPoll(absl::StrCat(R"({"error":")", error, R"("})"), 400, provider);
}

TEST(DeviceAuthorizationAnswer, HasWhatTheUserIsShown) {
  const DeviceBeginResult result = ReadBegin(kDeviceAnswer);
  ASSERT_TRUE(std::holds_alternative<DeviceAuthorization>(result));
  const auto& device = std::get<DeviceAuthorization>(result);
  EXPECT_EQ(device.device_code.Expose(), "d/1");
  EXPECT_EQ(device.user_code.Expose(), "WDJB-MJHT");
  EXPECT_EQ(device.verification_uri, "https://as.example/device");
  EXPECT_EQ(device.verification_uri_complete.Expose(),
            "https://as.example/device?c=WDJB-MJHT");
  EXPECT_EQ(device.expiry, kSent + absl::Minutes(30));
  EXPECT_EQ(device.interval, absl::Seconds(7));
}

TEST(DeviceAuthorizationAnswer, WithoutAnIntervalIsPolledEveryFiveSeconds) {
  const DeviceBeginResult result = ReadChanged(R"(,"interval":7)", "");
  EXPECT_EQ(std::get<DeviceAuthorization>(result).interval, absl::Seconds(5));
}

TEST(DeviceAuthorizationAnswer, WithoutACodeOrAPlaceOrALifeIsMalformed) {
  EXPECT_TRUE(IsMalformed(ReadChanged("device_code", "x")));
  EXPECT_TRUE(IsMalformed(ReadChanged("user_code", "x")));
  EXPECT_TRUE(IsMalformed(ReadChanged("verification_uri\"", "x\"")));
  EXPECT_TRUE(IsMalformed(ReadChanged("expires_in", "x")));
  EXPECT_TRUE(IsMalformed(ReadChanged("1800", "-1")));
}

TEST(DeviceAuthorizationAnswer, SendsNobodyToAnUntrustedPlace) {
  EXPECT_TRUE(IsMalformed(ReadChanged("https://as.example/device\"",
                                      "http://as.example/device\"")));
  const DeviceBeginResult result =
      ReadChanged("https://as.example/device?", "javascript:alert?");
  EXPECT_TRUE(
      std::get<DeviceAuthorization>(result).verification_uri_complete.empty());
}

TEST(DeviceAuthorizationAnswer, InMillisecondsIsKnownByItsSize) {
  const DeviceBeginResult result = ReadBegin(absl::StrReplaceAll(
      kDeviceAnswer, {{"1800", "300000"}, {":7", ":30000"}}));
  EXPECT_EQ(std::get<DeviceAuthorization>(result).expiry,
            kSent + absl::Minutes(5));
  EXPECT_EQ(std::get<DeviceAuthorization>(result).interval, absl::Seconds(30));
}

TEST(DeviceAuthorizationAnswer, OfARefusalIsAsTheTokenEndpoints) {
  const DeviceBeginResult result =
      ReadBegin(R"({"error":"invalid_scope"})", 400);
  const auto* failed = std::get_if<RedeemResult>(&result);
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(std::get<Misconfigured>(*failed).detail, "SCOPE");
}

TEST(DeviceAuthorizationAnswer, IsNeverAToken) {
  EXPECT_TRUE(IsMalformed(ReadBegin(R"({"access_token":"a"})")));
}

TEST(DevicePoll, ErrorsAreRfc8628s) {
  EXPECT_TRUE(std::holds_alternative<DevicePending>(
      ReadPollError("authorization_pending")));
  EXPECT_TRUE(
      std::holds_alternative<DeviceSlowDown>(ReadPollError("slow_down")));
  EXPECT_TRUE(
      std::holds_alternative<DeviceDeclined>(ReadPollError("access_denied")));
  EXPECT_TRUE(
      std::holds_alternative<DeviceExpired>(ReadPollError("expired_token")));
}

TEST(DevicePoll, ATokenIsATokenAnswer) {
  const DevicePollResult result =
      ReadPoll(R"({"access_token":"a","refresh_token":"r"})", 200);
  const auto* redeemed = std::get_if<RedeemResult>(&result);
  ASSERT_NE(redeemed, nullptr);
  EXPECT_EQ(std::get<Granted>(*redeemed).refresh_token->Expose(), "r");
}

TEST(DevicePoll, OtherErrorsAreAsEverywhere) {
  const DevicePollResult result = ReadPollError("invalid_grant");
  const auto* redeemed = std::get_if<RedeemResult>(&result);
  ASSERT_NE(redeemed, nullptr);
  EXPECT_TRUE(std::holds_alternative<Dead>(*redeemed));
}

TEST(ZohoDevice, SpeaksItsOwnNames) {
  const Provider zoho = BuiltIn("zoho");
  EXPECT_TRUE(
      std::holds_alternative<DeviceExpired>(ReadPollError("expired", zoho)));
  const DeviceBeginResult begun = ReadBegin(
      R"({"device_code":"d","user_code":"u","expires_in":300,)"
      R"("verification_url":"https://accounts.zoho.com/oauth/v3/device"})",
      200, zoho);
  ASSERT_TRUE(std::holds_alternative<DeviceAuthorization>(begun));
  EXPECT_EQ(std::get<DeviceAuthorization>(begun).interval, absl::Seconds(30));
}

TEST(ZohoDevice, GoesOnWhereTheUsersDataIs) {
  const Provider zoho = BuiltIn("zoho");
  for (const char* field : {"user_location", "dc"}) {
    const DevicePollResult result =
        ReadPoll(absl::StrCat(R"({"error":"other_dc",")", field, R"(":"eu"})"),
                 200, zoho);
    ASSERT_TRUE(std::holds_alternative<DeviceElsewhere>(result)) << field;
    EXPECT_EQ(std::get<DeviceElsewhere>(result).data_center, DataCenter("eu"));
  }
}

TEST(ZohoDevice, GoesNowhereElse) {
  for (const char* rest : {R"(,"user_location":"evil.example")", ""}) {
    const DevicePollResult result =
        ReadPoll(absl::StrCat(R"({"error":"other_dc")", rest, "}"), 200,
                 BuiltIn("zoho"));
    const auto* redeemed = std::get_if<RedeemResult>(&result);
    ASSERT_NE(redeemed, nullptr);
    EXPECT_EQ(std::get<Misconfigured>(*redeemed).detail, "DATA_CENTER");
  }
}

TEST(ZohoDevice, AsksForTheCodeWithoutTheSecret) {
  const Provider zoho = BuiltIn("zoho");
  const HttpRequest request = DeviceCodeRequest(
      zoho, zoho.data_centers.at(DataCenter("us")), *zoho.device,
      SampleClient(), Scopes({"s.b.READ", "s.a.READ"}));
  EXPECT_EQ(request.url.Expose(),
            "https://accounts.zoho.com/oauth/v3/device/code");
  EXPECT_THAT(std::string(request.body.Expose()),
              AllOf(HasSubstr("grant_type=device_request"),
                    HasSubstr("access_type=offline"),
                    HasSubstr("scope=s.a.READ%2Cs.b.READ"),
                    HasSubstr("client_id="), Not(HasSubstr("client_secret"))));
}

TEST(ZohoDevice, RedeemsTheCodeInItsOwnWords) {
  const Provider zoho = BuiltIn("zoho");
  const HttpRequest request =
      DevicePollRequest(zoho, zoho.data_centers.at(DataCenter("eu")),
                        *zoho.device, SampleClient(), Secret::Copy("d/1"));
  EXPECT_EQ(request.url.Expose(),
            "https://accounts.zoho.eu/oauth/v3/device/token");
  EXPECT_EQ(request.body.Expose(),
            "grant_type=device_token&code=d%2F1"
            "&client_id=id%3A1&client_secret=s%26cret");
}

}  // namespace
}  // namespace bursar

// A consent for a client without a browser: the user enters a code with a
// browser of their own, while the broker asks the provider for their answer.

#include "absl/strings/match.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

using State = v1::DeviceConsent;

constexpr char kTelevision[] = "television";
// Somebody who is at home in eu.
constexpr char kEmil[] = "emil@example.com";

BrokerOptions WithMovableClock() {
  BrokerOptions options;
  options.movable_clock = true;
  return options;
}

class Device : public Journey {
 protected:
  // With a provider that may be asked so often, in seconds.
  void StartWith(const std::string& interval, BrokerOptions options = {},
                 std::vector<std::string> data_centers = {}) {
    SandboxOptions sandbox_options = Unlimited();
    sandbox_options.data_centers = std::move(data_centers);
    sandbox_options.switches["device_interval_seconds"] = interval;
    StartStack(sandbox_options, std::move(options));
    AddClient(kTelevision, "non-browser");
  }

  v1::BeginDeviceConsentResponse Begin(const std::string& user = kAnn) {
    v1::BeginDeviceConsentRequest request;
    request.set_user(user);
    request.set_client(kTelevision);
    request.add_scopes(kRead);
    const auto begun = api().BeginDeviceConsent(request);
    EXPECT_TRUE(begun.ok()) << begun.outcome;
    return begun.value;
  }

  // The user opens the page, enters the code, and answers.
  void Answer(const v1::BeginDeviceConsentResponse& begun,
              const std::string& button, const std::string& user = kAnn) {
    const Page entry = browser().Open(begun.verification_uri());
    const Page consent =
        browser().Press(entry, "Continue", {{"user_code", begun.user_code()}});
    EXPECT_EQ(consent.status, 200);
    EXPECT_EQ(browser().Press(consent, button, {{"user", user}}).status, 200);
  }

  v1::DeviceConsent Find(const std::string& id) {
    v1::GetDeviceConsentRequest request;
    request.set_id(id);
    const auto found = api().GetDeviceConsent(request);
    EXPECT_TRUE(found.ok()) << found.outcome;
    return found.value;
  }

  v1::DeviceConsent EndOf(const std::string& id) {
    v1::DeviceConsent consent;
    EXPECT_TRUE(Eventually([&] {
      consent = Find(id);
      return consent.state() != State::PENDING;
    }));
    return consent;
  }

  Api::TokenReply TokenForTelevision(const std::string& user = kAnn) {
    v1::GetTokenRequest request;
    request.set_user(user);
    request.set_client(kTelevision);
    return api().GetToken(request);
  }
};

TEST_F(Device, AConsentGivesAGrantThatYieldsTokens) {
  StartWith("1");
  const auto begun = Begin();
  EXPECT_EQ(Find(begun.id()).state(), State::PENDING);
  Answer(begun, "Accept");
  const v1::DeviceConsent end = EndOf(begun.id());
  EXPECT_EQ(end.state(), State::GRANTED);
  EXPECT_EQ(Grant(end.grant()).state(), v1::Grant::ACTIVE);
  const auto token = TokenForTelevision();
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(sandbox().CallApi(token.value.authorization()), 200);
}

TEST_F(Device, ADeclinedConsentGivesNone) {
  StartWith("1");
  const auto begun = Begin();
  Answer(begun, "Reject");
  EXPECT_EQ(EndOf(begun.id()).state(), State::DECLINED);
  EXPECT_TRUE(GrantsOf(kAnn).empty());
}

TEST_F(Device, AKilledServerGoesOnAskingAfterItsRestart) {
  StartWith("1");
  const auto begun = Begin();
  broker().Kill9();
  Answer(begun, "Accept");
  ASSERT_TRUE(broker().Start());
  EXPECT_EQ(EndOf(begun.id()).state(), State::GRANTED);
}

TEST_F(Device, AUserAtHomeElsewhereGetsAGrantThere) {
  StartWith("1", BrokerOptions(), {"eu"});
  const auto begun = Begin(kEmil);
  Answer(begun, "Accept", kEmil);
  const v1::DeviceConsent end = EndOf(begun.id());
  EXPECT_EQ(end.state(), State::GRANTED);
  EXPECT_EQ(Grant(end.grant()).data_center(), "eu");
  const auto token = TokenForTelevision(kEmil);
  EXPECT_TRUE(token.ok()) << token.outcome;
}

TEST_F(Device, TheProviderIsNotAskedBeforeItsIntervalIsOver) {
  StartWith("30", WithMovableClock());
  const auto begun = Begin();
  Answer(begun, "Accept");
  MoveClocks(absl::Seconds(15));
  // The broker looks once a second; the poll that comes is the first.
  MoveClocks(absl::Seconds(15));
  EXPECT_EQ(EndOf(begun.id()).state(), State::GRANTED);
  EXPECT_EQ(sandbox().Calls("token.device"), 1);
}

TEST_F(Device, AProviderThatSaysSlowDownIsAskedEveryThirtySeconds) {
  StartWith("1", WithMovableClock());
  sandbox().Add({.call = "token.device",
                 .kind = "body",
                 .body = R"({"error":"slow_down"})"});
  const auto begun = Begin();
  Answer(begun, "Accept");
  ASSERT_TRUE(Eventually([&] { return sandbox().Calls("token.device") == 1; }));
  MoveClocks(absl::Seconds(31));
  EXPECT_EQ(EndOf(begun.id()).state(), State::GRANTED);
  EXPECT_EQ(sandbox().Calls("token.device"), 2);
}

TEST_F(Device, ACodeThatNobodyEnteredExpires) {
  StartWith("1", WithMovableClock());
  const auto begun = Begin();
  MoveClocks(absl::Minutes(6));
  EXPECT_EQ(EndOf(begun.id()).state(), State::EXPIRED);
}

TEST_F(Device, AProviderInTroubleIsAskedAgain) {
  StartWith("1");
  sandbox().Add({.call = "token.device", .kind = "status", .status = 503});
  const auto begun = Begin();
  Answer(begun, "Accept");
  EXPECT_EQ(EndOf(begun.id()).state(), State::GRANTED);
}

TEST_F(Device, NoCodeIsInALogAnEventOrAStatus) {
  StartWith("1");
  const auto begun = Begin();
  Answer(begun, "Accept");
  ASSERT_EQ(EndOf(begun.id()).state(), State::GRANTED);
  std::string seen = broker().Log();
  for (const v1::Event& event : Events()) seen += event.ShortDebugString();
  for (const std::string& status : broker().Statuses()) seen += status;
  seen += Find(begun.id()).ShortDebugString();
  for (const std::string& secret : sandbox().Issued()) {
    EXPECT_FALSE(absl::StrContains(seen, secret));
  }
  EXPECT_FALSE(absl::StrContains(seen, begun.user_code()));
}

TEST_F(Device, AClientOfAnotherTypeIsRefusedByTheProvider) {
  StartWith("1");
  v1::BeginDeviceConsentRequest request;
  request.set_user(kAnn);
  request.set_client(kClient);
  request.add_scopes(kRead);
  EXPECT_EQ(api().BeginDeviceConsent(request).outcome.reason,
            "CLIENT_MISCONFIGURED");
}

}  // namespace
}  // namespace bursar::journey

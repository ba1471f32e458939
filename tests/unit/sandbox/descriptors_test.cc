// The built-in descriptors against the personas that they describe, over real
// sockets: device flows and revocations, where providers differ most.

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "server/base/clock.h"
#include "server/upstream/curl_transport.h"
#include "server/upstream/oauth_client.h"
#include "tests/unit/sandbox/running_sandbox.h"
#include "tests/unit/upstream/built_in.h"

namespace bursar::sandbox {
namespace {

class DescriptorTest : public RunningSandbox {
 protected:
  /// The provider is `persona` from now on, spoken to by `descriptor` with
  /// `keys`, which name what the real one has on other hosts.
  void Speak(Persona persona, const std::string& descriptor,
             const std::string& keys) {
    Be(std::move(persona));
    const std::string base = absl::StrCat(
        sandbox_->url(), descriptor == "microsoft" ? "/common" : "");
    providers_ = std::make_unique<Providers>(std::vector<Provider>{BuiltIn(
        descriptor,
        absl::StrCat(", data_centers: {main: {accounts_server: \"", base,
                     "\"}}, default_data_center: main, ", keys))});
    auto transport = CurlTransport::Create({});
    ASSERT_TRUE(transport.ok()) << transport.status();
    transport_ = *std::move(transport);
    oauth_ = std::make_unique<OAuthClient>(*providers_, *transport_, clock_);
  }

  void RegisterAs(const std::string& type) {
    const Client client = Register(type);
    identity_.provider = ProviderName("x");
    identity_.client_id = client.id;
    identity_.client_secret = Secret::Copy(client.secret);
    identity_.redirect_uri = kRedirect;
  }

  std::optional<DeviceAuthorization> BeginDevice(const std::string& scopes) {
    std::promise<DeviceBeginResult> told;
    oauth_->BeginDevice(identity_, bursar::Scopes({scopes}),
                        [&told](DeviceBeginResult result) {
                          told.set_value(std::move(result));
                        });
    DeviceBeginResult result = told.get_future().get();
    auto* begun = std::get_if<DeviceAuthorization>(&result);
    if (begun == nullptr) return std::nullopt;
    return std::move(*begun);
  }

  DevicePollResult Poll(const DeviceAuthorization& device) {
    std::promise<DevicePollResult> told;
    oauth_->PollDevice(identity_, device.device_code,
                       [&told](DevicePollResult result) {
                         told.set_value(std::move(result));
                       });
    return told.get_future().get();
  }

  /// What the user does where the device sent them.
  void Answer(const DeviceAuthorization& device, const std::string& decision) {
    const std::string& page = device.verification_uri;
    const Reply consent =
        Post(page.substr(sandbox_->url().size()),
             {{"user_code", std::string(device.user_code.Expose())}});
    EXPECT_EQ(consent.status, 200);
    Press(consent.body, decision);
  }

  /// The whole flow, in the order in which people take their time.
  void ExpectADeviceFlow(const std::string& scope) {
    RegisterAs("non-browser");
    const auto device = BeginDevice(scope);
    ASSERT_TRUE(device);
    EXPECT_EQ(device->interval, absl::Seconds(5));
    EXPECT_TRUE(std::holds_alternative<DevicePending>(Poll(*device)));
    EXPECT_TRUE(std::holds_alternative<DeviceSlowDown>(Poll(*device)));
    Answer(*device, "accept");
    Advance(5);
    const DevicePollResult result = Poll(*device);
    ASSERT_TRUE(std::holds_alternative<RedeemResult>(result));
    const auto* granted = std::get_if<Granted>(&std::get<RedeemResult>(result));
    ASSERT_TRUE(granted);
    EXPECT_TRUE(granted->refresh_token);
  }

  void ExpectADecline(const std::string& scope) {
    RegisterAs("non-browser");
    const auto device = BeginDevice(scope);
    ASSERT_TRUE(device);
    Answer(*device, "reject");
    EXPECT_TRUE(std::holds_alternative<DeviceDeclined>(Poll(*device)));
  }

  void ExpectAnEnd(const std::string& scope) {
    RegisterAs("non-browser");
    const auto device = BeginDevice(scope);
    ASSERT_TRUE(device);
    Advance(3600);
    EXPECT_TRUE(std::holds_alternative<DeviceExpired>(Poll(*device)));
  }

  /// How the revocation of a whole consent's refresh token ends.
  RevokeResult Revoke() {
    RegisterAs("server-based");
    refresh_token_ = RefreshToken(
        {identity_.client_id, std::string(identity_.client_secret->Expose())});
    return RevokeAgain();
  }
  RevokeResult RevokeAgain() {
    std::promise<RevokeResult> told;
    oauth_->Revoke(identity_, Secret::Copy(refresh_token_),
                   [&told](RevokeResult result) { told.set_value(result); });
    return told.get_future().get();
  }

  /// What is left of the consent's tokens at the provider.
  int64_t Living() const {
    int64_t living = 0;
    const nlohmann::json counters = Counters();
    for (const auto& token : counters["refresh_tokens"]) {
      living += token["state"] == "alive" ? 1 : 0;
    }
    return living;
  }

  const SystemClock clock_;
  std::unique_ptr<Providers> providers_;
  std::unique_ptr<CurlTransport> transport_;
  std::unique_ptr<OAuthClient> oauth_;
  ClientIdentity identity_;
  std::string refresh_token_;

  void SpeakGoogle() {
    Speak(GooglePersona(), "google",
          "token_endpoint: /token, revocation: {endpoint: /revoke}, "
          "device: {endpoint: /device/code}");
  }
  void SpeakMicrosoft() {
    Speak(MicrosoftPersona(), "microsoft", "pkce: true");
  }
  void SpeakGithub() {
    Speak(GithubPersona(), "github-app",
          "revocation: {endpoint: \"/applications/{client_id}/grant\"}");
  }
};

TEST_F(DescriptorTest, GoogleGivesADeviceItsTokens) {
  SpeakGoogle();
  ExpectADeviceFlow("email");
}

TEST_F(DescriptorTest, GoogleSaysThatADevicesUserDeclined) {
  SpeakGoogle();
  ExpectADecline("email");
}

TEST_F(DescriptorTest, GoogleSaysThatADevicesTimeIsOver) {
  SpeakGoogle();
  ExpectAnEnd("email");
}

TEST_F(DescriptorTest, MicrosoftGivesADeviceItsTokens) {
  SpeakMicrosoft();
  ExpectADeviceFlow("offline_access");
}

TEST_F(DescriptorTest, MicrosoftSaysThatADevicesUserDeclined) {
  SpeakMicrosoft();
  ExpectADecline("User.Read");
}

TEST_F(DescriptorTest, MicrosoftSaysThatADevicesTimeIsOver) {
  SpeakMicrosoft();
  ExpectAnEnd("User.Read");
}

TEST_F(DescriptorTest, GitHubGivesADeviceItsTokens) {
  SpeakGithub();
  ExpectADeviceFlow("repo");
}

TEST_F(DescriptorTest, GitHubSaysThatADevicesUserDeclined) {
  SpeakGithub();
  ExpectADecline("repo");
}

TEST_F(DescriptorTest, GitHubSaysThatADevicesTimeIsOver) {
  SpeakGithub();
  ExpectAnEnd("repo");
}

TEST_F(DescriptorTest, GoogleRevokesARefreshToken) {
  SpeakGoogle();
  EXPECT_EQ(Revoke(), RevokeResult::kConfirmed);
  EXPECT_EQ(Living(), 0);
  EXPECT_EQ(RevokeAgain(), RevokeResult::kUnknownToProvider);
}

TEST_F(DescriptorTest, MicrosoftRefusesRevocations) {
  SpeakMicrosoft();
  EXPECT_EQ(Revoke(), RevokeResult::kRefused);
  EXPECT_EQ(Living(), 1);
}

TEST_F(DescriptorTest, GitHubRevokesAGrantByAFreshAccessToken) {
  SpeakGithub();
  EXPECT_EQ(Revoke(), RevokeResult::kConfirmed);
  EXPECT_EQ(Living(), 0);
  EXPECT_EQ(RevokeAgain(), RevokeResult::kUnknownToProvider);
}

TEST_F(DescriptorTest, HubSpotRevokesARefreshToken) {
  Speak(HubspotPersona(), "hubspot",
        "authorization_endpoint: /oauth/authorize");
  EXPECT_EQ(Revoke(), RevokeResult::kConfirmed);
  EXPECT_EQ(Living(), 0);
  EXPECT_EQ(RevokeAgain(), RevokeResult::kUnknownToProvider);
}

TEST_F(DescriptorTest, SlackRevokesAFreshAccessToken) {
  Speak(SlackPersona(), "slack", "pkce: false");
  EXPECT_EQ(Revoke(), RevokeResult::kConfirmed);
  EXPECT_EQ(RevokeAgain(), RevokeResult::kUnknownToProvider);
}

TEST_F(DescriptorTest, QuickBooksRevokesARefreshToken) {
  Speak(QuickbooksPersona(), "quickbooks",
        "authorization_endpoint: /connect/oauth2, "
        "revocation: {endpoint: /v2/oauth2/tokens/revoke}");
  EXPECT_EQ(Revoke(), RevokeResult::kConfirmed);
  EXPECT_EQ(Living(), 0);
}

}  // namespace
}  // namespace bursar::sandbox

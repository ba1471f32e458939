// How requests are sent and their ends told, over a transport that answers at
// once.

#include "server/upstream/oauth_client.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/upstream/instant_transport.h"
#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

class OAuthClientTest : public testing::Test {
 protected:
  static std::vector<Provider> Configured() {
    std::vector<Provider> providers(4, PlainProvider());
    providers[1].name = ProviderName("unrevocable");
    providers[1].revocation.reset();
    providers[2].name = ProviderName("awaited");
    providers[2].revocation.reset();
    providers[2].discovered = false;
    providers[0].client_credentials = ClientCredentialsRule();
    providers[3].name = ProviderName("by-access-token");
    providers[3].revocation->by_access_token = true;
    return providers;
  }

  std::optional<RedeemResult> Refresh(const ClientIdentity& client) {
    std::optional<RedeemResult> told;
    oauth_.RedeemRefreshToken(
        client, Secret::Copy("r"), Scopes(),
        [&told](RedeemResult result) { told = std::move(result); });
    return told;
  }

  std::optional<RedeemResult> Exchange(const ClientIdentity& client) {
    std::optional<RedeemResult> told;
    oauth_.RedeemCode(
        client, {Secret::Copy("c"), Secret::Copy("v"), Scopes(), Secret()},
        [&told](RedeemResult result) { told = std::move(result); });
    return told;
  }

  std::optional<RevokeResult> Revoke(const ClientIdentity& client) {
    std::optional<RevokeResult> told;
    oauth_.Revoke(client, Secret::Copy("r"),
                  [&told](RevokeResult result) { told = result; });
    return told;
  }

  std::optional<RedeemResult> Credentials(const ClientIdentity& client) {
    std::optional<RedeemResult> told;
    oauth_.RequestClientCredentials(
        client, Scopes({"a"}), "",
        [&told](RedeemResult result) { told = std::move(result); });
    return told;
  }

  const Providers providers_{Configured()};
  const StillClock clock_;
  InstantTransport transport_;
  OAuthClient oauth_{providers_, transport_, clock_};
};

TEST_F(OAuthClientTest, LifetimesCountFromBeforeSending) {
  transport_.result = AnswerOf(200, R"({"access_token":"t","expires_in":60})");
  const auto result = Refresh(SampleClient());
  ASSERT_TRUE(result && std::holds_alternative<Granted>(*result));
  EXPECT_EQ(std::get<Granted>(*result).access_token.expiry,
            kSent + absl::Minutes(1));
}

TEST_F(OAuthClientTest, ACodeIsRedeemedAtTheTokenEndpoint) {
  transport_.result = AnswerOf(400, R"({"error":"invalid_grant"})");
  const auto told = Exchange(SampleClient());
  EXPECT_TRUE(told && std::holds_alternative<Dead>(*told));
  EXPECT_EQ(transport_.urls,
            std::vector<std::string>{"https://as.example/token"});
}

TEST_F(OAuthClientTest, TheClientsDataCenterIsCalled) {
  transport_.result = HttpFailure{Trouble::kUnreachable, false};
  ClientIdentity client = SampleClient();
  client.data_center = DataCenter("eu");
  Refresh(client);
  EXPECT_EQ(transport_.urls,
            std::vector<std::string>{"https://as.example.eu/token"});
}

TEST_F(OAuthClientTest, AnUnknownProviderOrDataCenterSendsNothing) {
  ClientIdentity elsewhere = SampleClient();
  elsewhere.data_center = DataCenter("moon");
  ClientIdentity unknown = SampleClient();
  unknown.provider = ProviderName("gone");
  for (const ClientIdentity* client : {&elsewhere, &unknown}) {
    const auto result = Refresh(*client);
    ASSERT_TRUE(result && std::holds_alternative<Misconfigured>(*result));
    EXPECT_EQ(std::get<Misconfigured>(*result).detail, "CLIENT");
    EXPECT_EQ(Revoke(*client), RevokeResult::kRefused);
    EXPECT_EQ(oauth_.AuthorizationUrl(*client, Scopes(), Secret(), Secret()),
              "");
  }
  EXPECT_TRUE(transport_.urls.empty());
}

TEST_F(OAuthClientTest, AFailureBeforeSendingIsTransient) {
  transport_.result = HttpFailure{Trouble::kUntrusted, false};
  const auto result = Refresh(SampleClient());
  ASSERT_TRUE(result && std::holds_alternative<Transient>(*result));
  EXPECT_EQ(std::get<Transient>(*result).trouble, Trouble::kUntrusted);
}

TEST_F(OAuthClientTest, ARevocationIsToldByItsAnswer) {
  transport_.result = AnswerOf(200, "");
  EXPECT_EQ(Revoke(SampleClient()), RevokeResult::kConfirmed);
  EXPECT_EQ(transport_.urls,
            std::vector<std::string>{"https://as.example/revoke"});
}

TEST_F(OAuthClientTest, ARevocationWithoutAnAnswerIsTriedAgain) {
  transport_.result = HttpFailure{Trouble::kTimedOut, true};
  EXPECT_EQ(Revoke(SampleClient()), RevokeResult::kTryAgain);
}

TEST_F(OAuthClientTest, AProviderWithoutRevocationRefuses) {
  ClientIdentity client = SampleClient();
  client.provider = ProviderName("unrevocable");
  EXPECT_EQ(Revoke(client), RevokeResult::kRefused);
  EXPECT_TRUE(transport_.urls.empty());
}

TEST_F(OAuthClientTest, ARevocationByAccessTokenRedeemsForOneFirst) {
  ClientIdentity client = SampleClient();
  client.provider = ProviderName("by-access-token");
  transport_.result = AnswerOf(200, R"({"access_token":"a"})");
  transport_.next = AnswerOf(200, "");
  EXPECT_EQ(Revoke(client), RevokeResult::kConfirmed);
  ASSERT_EQ(transport_.urls,
            (std::vector<std::string>{"https://as.example/token",
                                      "https://as.example/revoke"}));
  EXPECT_EQ(transport_.bodies[1].substr(0, 8), "token=a&");
}

TEST_F(OAuthClientTest, WithoutAnAccessTokenARevocationEndsAsThatDid) {
  ClientIdentity client = SampleClient();
  client.provider = ProviderName("by-access-token");
  transport_.result = AnswerOf(400, R"({"error":"invalid_grant"})");
  EXPECT_EQ(Revoke(client), RevokeResult::kUnknownToProvider);
  transport_.result = AnswerOf(401, R"({"error":"invalid_client"})");
  EXPECT_EQ(Revoke(client), RevokeResult::kRefused);
  transport_.result = AnswerOf(503, "");
  EXPECT_EQ(Revoke(client), RevokeResult::kTryAgain);
  EXPECT_EQ(transport_.urls,
            std::vector<std::string>(3, "https://as.example/token"));
}

TEST_F(OAuthClientTest, AProviderThatWaitsForItsMetadataIsOutOfReach) {
  ClientIdentity client = SampleClient();
  client.provider = ProviderName("awaited");
  for (const auto& result : {Exchange(client), Refresh(client)}) {
    ASSERT_TRUE(result && std::holds_alternative<Transient>(*result));
    EXPECT_EQ(std::get<Transient>(*result).trouble, Trouble::kUnreachable);
  }
  EXPECT_EQ(Revoke(client), RevokeResult::kTryAgain);
  EXPECT_EQ(oauth_.AuthorizationUrl(client, Scopes(), Secret(), Secret()), "");
  EXPECT_TRUE(transport_.urls.empty());
}

TEST_F(OAuthClientTest, BrowsersAreSentToTheAuthorizationEndpoint) {
  EXPECT_EQ(oauth_
                .AuthorizationUrl(SampleClient(), Scopes({"a"}),
                                  Secret::Copy("s"), Secret())
                .rfind("https://as.example/authorize?", 0),
            0);
}

TEST_F(OAuthClientTest, ARefreshTokenBesideClientCredentialsIsIgnored) {
  transport_.result =
      AnswerOf(200, R"({"access_token":"t","refresh_token":"r"})");
  const auto result = Credentials(SampleClient());
  ASSERT_TRUE(result && std::holds_alternative<Granted>(*result));
  EXPECT_FALSE(std::get<Granted>(*result).refresh_token);
}

TEST_F(OAuthClientTest, CredentialsThatAreInvalidAreTheClientsFault) {
  transport_.result = AnswerOf(400, R"({"error":"invalid_grant"})");
  const auto result = Credentials(SampleClient());
  ASSERT_TRUE(result && std::holds_alternative<Misconfigured>(*result));
  EXPECT_EQ(std::get<Misconfigured>(*result).detail, "CLIENT");
}

TEST_F(OAuthClientTest, AProviderThatTakesNoClientCredentialsIsNotAsked) {
  ClientIdentity client = SampleClient();
  client.provider = ProviderName("unrevocable");
  const auto result = Credentials(client);
  ASSERT_TRUE(result && std::holds_alternative<Misconfigured>(*result));
  EXPECT_TRUE(transport_.urls.empty());
}

TEST_F(OAuthClientTest, AFragmentIsReadByTheRulesOfItsProvider) {
  const RedeemResult result = oauth_.ReadFragment(
      SampleClient(), {Secret::Copy("t"), {{"expires_in", "60"}}}, kNow);
  ASSERT_TRUE(std::holds_alternative<Granted>(result));
  EXPECT_EQ(std::get<Granted>(result).access_token.expiry,
            kNow + absl::Minutes(1));
}

}  // namespace
}  // namespace bursar

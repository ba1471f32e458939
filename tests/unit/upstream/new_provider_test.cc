// A provider that nobody foresaw is one file: the whole room speaks to it as
// the file says.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "server/upstream/oauth_client.h"
#include "tests/unit/upstream/built_in.h"
#include "tests/unit/upstream/instant_transport.h"

namespace bursar {
namespace {

const char kDescriptor[] = R"(
default_data_center: north
data_centers:
  north: {location: n, accounts_server: "https://north.example"}
  south: {location: s, accounts_server: "https://south.example"}
authorization_endpoint: /consent
authorize_parameters: {duration: permanent}
pkce: false
token_endpoint: https://tokens.example/v1
client_authentication: query
redirect_uri_on_refresh: true
scope_on_exchange: true
revocation: {endpoint: /forget, client_authentication: basic,
             type_parameter: kind}
scopes: {separator: ","}
expiry_unit: 1m
error_fields: [code]
errors: {GONE: dead}
throttle_field: mood
throttle_value: tired
throttle_pause: 7m
)";

Provider Load() {
  const ConfigFolder folder;
  folder.Write("new.yaml", kDescriptor);
  const auto config = folder.Load(R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
policy: {file: policy.yaml}
providers: [{name: plain, descriptor_file: new.yaml}]
)");
  EXPECT_TRUE(config.ok()) << config.status();
  return config.ok() ? config->providers.at(0) : Provider();
}

class NewProviderTest : public testing::Test {
 protected:
  RedeemResult Exchange(int status, const std::string& body) {
    transport_.result = AnswerOf(status, body);
    std::optional<RedeemResult> told;
    oauth_.RedeemCode(
        SampleClient(),
        {Secret::Copy("c"), Secret(), Scopes({"b", "a"}), Secret()},
        [&told](RedeemResult result) { told = std::move(result); });
    return *std::move(told);
  }

  const Providers providers_{{Load()}};
  const StillClock clock_;
  InstantTransport transport_;
  OAuthClient oauth_{providers_, transport_, clock_};
};

TEST_F(NewProviderTest, SendsBrowsersWhereTheFileSays) {
  ClientIdentity client = SampleClient();
  client.data_center = DataCenter("south");
  EXPECT_EQ(oauth_.AuthorizationUrl(client, Scopes({"b", "a"}),
                                    Secret::Copy("st"), Secret()),
            "https://south.example/consent?response_type=code"
            "&client_id=id%3A1"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&scope=a%2Cb&state=st&duration=permanent");
}

TEST_F(NewProviderTest, ExchangesACodeAsTheFileSays) {
  const RedeemResult result = Exchange(
      200, R"({"access_token":"t","refresh_token":"r","expires_in":5})");
  EXPECT_EQ(transport_.urls.at(0),
            "https://tokens.example/v1?client_id=id%3A1"
            "&client_secret=s%26cret");
  EXPECT_EQ(transport_.bodies.at(0),
            "grant_type=authorization_code&code=c"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&scope=a%2Cb");
  ASSERT_TRUE(std::holds_alternative<Granted>(result));
  EXPECT_EQ(std::get<Granted>(result).access_token.expiry,
            kSent + absl::Minutes(5));
}

TEST_F(NewProviderTest, ReadsRefusalsAsTheFileSays) {
  EXPECT_TRUE(
      std::holds_alternative<Dead>(Exchange(200, R"({"code":"GONE"})")));
  const RedeemResult throttled = Exchange(200, R"({"mood":"tired"})");
  ASSERT_TRUE(std::holds_alternative<Throttled>(throttled));
  EXPECT_EQ(std::get<Throttled>(throttled).retry_after, absl::Minutes(7));
}

TEST_F(NewProviderTest, RevokesAsTheFileSays) {
  transport_.result = AnswerOf(200, "");
  std::optional<RevokeResult> told;
  oauth_.Revoke(SampleClient(), Secret::Copy("r"),
                [&told](RevokeResult result) { told = result; });
  EXPECT_EQ(told, RevokeResult::kConfirmed);
  EXPECT_EQ(transport_.urls.at(0), "https://north.example/forget");
  EXPECT_EQ(transport_.bodies.at(0), "token=r&kind=refresh_token");
}

}  // namespace
}  // namespace bursar

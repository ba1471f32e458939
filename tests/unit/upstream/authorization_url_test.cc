#include "server/upstream/authorization_url.h"

#include <gtest/gtest.h>

#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

std::string Make(const Provider& provider, const Secret& verifier) {
  return MakeAuthorizationUrl(
      provider, provider.data_centers.at(DataCenter("eu")), SampleClient(),
      Scopes({"s.b", "s.a"}), Secret::Copy("st/ate"), verifier);
}

TEST(AuthorizationUrl, HasTheParametersOfTheStandard) {
  EXPECT_EQ(Make(PlainProvider(), Secret()),
            "https://as.example.eu/authorize?response_type=code"
            "&client_id=id%3A1"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&scope=s.a%20s.b&state=st%2Fate");
}

TEST(AuthorizationUrl, JoinsScopesAsTheProviderWritesThem) {
  Provider provider = PlainProvider();
  provider.scopes.separator = ",";
  EXPECT_NE(Make(provider, Secret()).find("&scope=s.a%2Cs.b&"),
            std::string::npos);
}

TEST(AuthorizationUrl, MayBeAnotherHosts) {
  Provider provider = PlainProvider();
  provider.authorization_endpoint = "https://login.example/consent";
  EXPECT_EQ(Make(provider, Secret())
                .rfind("https://login.example/consent?response_type=code&", 0),
            0);
}

TEST(AuthorizationUrl, NamesNoScopeWhereThereIsNone) {
  const Provider provider = PlainProvider();
  EXPECT_EQ(MakeAuthorizationUrl(
                provider, provider.data_centers.at(DataCenter("main")),
                SampleClient(), Scopes(), Secret::Copy("s"), Secret())
                .find("scope"),
            std::string::npos);
}

TEST(AuthorizationUrl, AddsTheProvidersOwnParameters) {
  Provider provider = PlainProvider();
  provider.authorize_parameters = {{"access_type", "offline"},
                                   {"prompt", "consent"}};
  EXPECT_NE(
      Make(provider, Secret()).find("&access_type=offline&prompt=consent"),
      std::string::npos);
}

// The example of RFC 7636 appendix B.
constexpr absl::string_view kVerifier =
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr absl::string_view kChallenge =
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

TEST(AuthorizationUrl, ChallengesWithS256AndKeepsTheVerifier) {
  const std::string url = Make(PlainProvider(), Secret::Copy(kVerifier));
  EXPECT_NE(url.find("&code_challenge=" + std::string(kChallenge) +
                     "&code_challenge_method=S256"),
            std::string::npos);
  EXPECT_EQ(url.find(std::string(kVerifier)), std::string::npos);
}

TEST(AuthorizationUrl, HasNoChallengeWhereTheProviderTakesNone) {
  Provider provider = PlainProvider();
  provider.pkce = false;
  EXPECT_EQ(Make(provider, Secret::Copy(kVerifier)).find("code_challenge"),
            std::string::npos);
}

TEST(AuthorizationUrl, AsksForATokenWithNothingThatIsForACode) {
  Provider provider = PlainProvider();
  provider.authorize_parameters = {{"access_type", "offline"}};
  ClientIdentity client = SampleClient();
  client.response_type = ResponseType::kToken;
  EXPECT_EQ(MakeAuthorizationUrl(
                provider, provider.data_centers.at(DataCenter("eu")), client,
                Scopes({"s.a"}), Secret::Copy("s"), Secret::Copy(kVerifier)),
            "https://as.example.eu/authorize?response_type=token"
            "&client_id=id%3A1"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&scope=s.a&state=s");
}

TEST(S256Challenge, IsTheOneOfTheStandardsExample) {
  EXPECT_EQ(S256Challenge(Secret::Copy(kVerifier)), kChallenge);
}

}  // namespace
}  // namespace bursar

// Consent at an authorization server that no one here wrote: oidc-provider, a
// certified OpenID provider, known by its metadata and asked on its own pages.

#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/interop/oidc_journey.h"

namespace bursar::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class OidcConsent : public OidcJourney {
 protected:
  // What comes of a redirect that was tampered with.
  void ExpectRefused(const std::string& redirect) {
    EXPECT_NE(browser().Open(redirect).status, 200);
    EXPECT_EQ(provider().Count("grant.success"), 0);
    EXPECT_TRUE(GrantsOf(kAnn).empty());
  }
};

TEST_F(OidcConsent, DiscoveryCompletesTheProvider) {
  StartDiscovered();
  EXPECT_THAT(Begin().value.authorization_url(),
              StartsWith(absl::StrCat(provider().issuer(), "/auth?")));
  EXPECT_THAT(broker().Log(), HasSubstr("provider.discovered"));
}

TEST_F(OidcConsent, AWrongIssuerIsRefused) {
  // The metadata is found where it is without the slash, but says no slash.
  Start("/");
  EXPECT_TRUE(Eventually([&] {
    return absl::StrContains(broker().Log(), "it is another issuer");
  })) << broker().Log();
  EXPECT_EQ(Begin().outcome.code, grpc::StatusCode::UNAVAILABLE);
}

TEST_F(OidcConsent, ConsentThroughItsPagesBringsAGrant) {
  StartDiscovered();
  const Page end = ConsentThroughItsPages();
  EXPECT_EQ(end.status, 200);
  EXPECT_THAT(end.body, HasSubstr("You are connected"));
  const std::vector<v1::Grant> grants = GrantsOf(kAnn);
  ASSERT_EQ(grants.size(), 1);
  EXPECT_EQ(grants.front().state(), v1::Grant::ACTIVE);
  EXPECT_THAT(grants.front().scopes(), ElementsAre("offline_access", "openid"));
}

TEST_F(OidcConsent, CancellingOnItsPagesDeclinesTheConsent) {
  StartDiscovered();
  const Page consent = OpenConsent();
  std::smatch cancel;
  ASSERT_TRUE(std::regex_search(consent.body, cancel,
                                std::regex(R"re(href="([^"]*/abort)")re")));
  const std::string target = cancel[1];
  const Page end = browser().Open(
      absl::StartsWith(target, "/") ? provider().issuer() + target : target);
  EXPECT_THAT(end.body, HasSubstr("Nothing was connected"));
  EXPECT_EQ(CountEvents("consent.declined"), 1);
}

TEST_F(OidcConsent, ItWantsTheChallengeThatIsSent) {
  StartDiscovered();
  const std::string url = Begin().value.authorization_url();
  EXPECT_NE(QueryParameter(url, "code_challenge"), "");
  EXPECT_EQ(QueryParameter(url, "code_challenge_method"), "S256");
  browser().StopBefore(broker().CallbackUri());
  const Page refused = browser().Open(
      std::regex_replace(url, std::regex("&code_challenge[^&]*"), ""));
  EXPECT_EQ(QueryParameter(refused.url, "error"), "invalid_request");
}

TEST_F(OidcConsent, ThePkceVerifierIsSent) {
  StartDiscovered();
  const std::string redirect = RedirectOfConsent();
  EXPECT_EQ(provider().AskForTokens({{"grant_type", "authorization_code"},
                                     {"code", QueryParameter(redirect, "code")},
                                     {"redirect_uri", broker().CallbackUri()}}),
            "invalid_grant");
  // The same code.
  EXPECT_THAT(browser().Open(redirect).body, HasSubstr("You are connected"));
}

TEST_F(OidcConsent, ARedirectOfAnotherIssuerIsRefused) {
  StartDiscovered();
  const std::string redirect = RedirectOfConsent();
  ASSERT_EQ(QueryParameter(redirect, "iss"), provider().issuer());
  ExpectRefused(std::regex_replace(redirect, std::regex("iss=[^&]*"),
                                   "iss=https%3A%2F%2Fid.example"));
}

TEST_F(OidcConsent, ARedirectWithoutItsIssuerIsRefused) {
  StartDiscovered();
  const std::string redirect = RedirectOfConsent();
  const std::string cut =
      std::regex_replace(redirect, std::regex("&iss=[^&]*"), "");
  ASSERT_NE(cut, redirect);
  ExpectRefused(cut);
  // The state is not used up by it.
  EXPECT_THAT(browser().Open(redirect).body, HasSubstr("You are connected"));
}

TEST_F(OidcConsent, WhoeverCompletesAConsentNamesTheIssuer) {
  StartDiscovered();
  const std::string redirect = RedirectOfConsent();
  v1::CompleteConsentRequest request;
  request.set_user(kAnn);
  request.set_state(QueryParameter(redirect, "state"));
  request.set_code(QueryParameter(redirect, "code"));
  EXPECT_EQ(api().CompleteConsent(request).outcome.reason, "STATE_UNUSABLE");
  request.set_issuer(QueryParameter(redirect, "iss"));
  const auto completed = api().CompleteConsent(request);
  EXPECT_TRUE(completed.ok()) << completed.outcome;
}

TEST_F(OidcConsent, ASecondConsentLeavesAGrantThatWorks) {
  StartConsented();
  // The provider keeps both in one grant of its own, and a revocation would end
  // all of it.
  ConsentThroughItsPages();
  ASSERT_EQ(GrantsOf(kAnn).size(), 2);
  EXPECT_EQ(GrantsOf(kAnn).back().state(), v1::Grant::SUPERSEDED);
  Rotate(1);
}

}  // namespace
}  // namespace bursar::journey

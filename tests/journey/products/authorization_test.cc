// The authorization request, what comes back from it, and what a broker must
// not fall for.

#include <regex>

#include "gmock/gmock.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

class AuthorizationTest : public ProductTest {
 protected:
  // Nothing was stored, nor asked of the token endpoint.
  void ExpectNothingCameOfIt() {
    EXPECT_THAT(GrantsOf(kAnn), IsEmpty());
    EXPECT_EQ(sandbox().Calls("token.code"), 0);
  }
};

INSTANTIATE_TEST_SUITE_P(Products, AuthorizationTest,
                         testing::ValuesIn(Products()), NameOfProduct);

// Line: core: accepted, the redirect has `state`, `code`, `location` and
//   `accounts-server`
TEST_P(AuthorizationTest, AcceptedComesBackWithStateCodeAndDataCenter) {
  StartUnlimited();
  const std::string begun = Begin();
  const std::string redirect = RedirectOf(begun, kAnn);
  EXPECT_EQ(QueryParameter(redirect, "state"), QueryParameter(begun, "state"));
  EXPECT_THAT(QueryParameter(redirect, "code"),
              MatchesRegex("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}"));
  EXPECT_EQ(QueryParameter(redirect, "location"), "us");
  EXPECT_EQ(QueryParameter(redirect, "accounts-server"), sandbox().url());
  EXPECT_EQ(browser().Open(redirect).status, 200);
  EXPECT_EQ(GrantsOf(kAnn).size(), 1U);
}

// Line: core, Identity360: declined, the redirect has `error=access_denied`
TEST_P(AuthorizationTest, DeclinedComesBackAsAccessDenied) {
  StartUnlimited();
  const std::string redirect = RedirectOf(Begin(), kAnn, "Reject");
  EXPECT_EQ(QueryParameter(redirect, "error"), "access_denied");
  EXPECT_THAT(browser().Open(redirect).body,
              HasSubstr("Nothing was connected"));
  ExpectNothingCameOfIt();
}

// Line: mandatory at authorize: `client_id`, `response_type`, `redirect_uri`,
//   `scope`; Connect: `state` and `access_type` too
TEST_P(AuthorizationTest, EveryMandatoryParameterIsSent) {
  StartUnlimited();
  const std::string url = Begin();
  EXPECT_EQ(browser().Open(url).status, 200);
  for (const std::string& name : product().mandatory) {
    EXPECT_NE(QueryParameter(url, name), "") << name;
    EXPECT_EQ(browser().Open(Without(url, name)).status, 400) << name;
  }
}

// Line: core: a wrong client, response type, scope or redirect URI is an error
//   page, without a redirect
TEST_P(AuthorizationTest, AWrongRequestIsAnErrorPageAndNoRedirect) {
  StartUnlimited();
  const std::string url = Begin();
  for (const auto& [name, value] :
       {std::pair("client_id", "1000.NOBODY"), std::pair("response_type", "x"),
        std::pair("scope", "No.such.READ"),
        std::pair("redirect_uri", "https%3A%2F%2Felsewhere.example%2F")}) {
    const Page page = browser().Open(With(url, name, value));
    EXPECT_EQ(page.status, 400) << name;
    EXPECT_THAT(page.url, StartsWith(sandbox().url())) << name;
  }
}

// Line: core: the redirect URI must equal a registered one exactly
TEST_P(AuthorizationTest, ARedirectUriOneCharacterOffIsRefused) {
  StartUnlimited();
  const std::string url = Begin();
  const std::string off =
      std::regex_replace(url, std::regex("%2Fcallback"), "%2Fcallback%2F");
  ASSERT_NE(off, url);
  EXPECT_EQ(browser().Open(off).status, 400);
  ExpectNothingCameOfIt();
}

// Line: core: a refresh token only for `access_type=offline`, and only at the
//   first consent or with `prompt=consent`
TEST_P(AuthorizationTest, OfflineAccessIsAskedForEachTime) {
  StartUnlimited();
  EXPECT_EQ(QueryParameter(Begin(), "access_type"), "offline");
  EXPECT_EQ(QueryParameter(Begin(), "prompt"), "consent");
  // So a second consent brings a refresh token too.
  ConsentToRead();
  Consent(kAnn, {product().other_scope});
  EXPECT_EQ(sandbox().RefreshTokens(kAnn).size(), 2U);
}

// Line: `access_type`: online brings no refresh token, whatever the default of
//   the product
TEST_P(AuthorizationTest, OnlineAccessBringsNoLastingGrant) {
  StartUnlimited("    authorize_parameters: {access_type: online}\n");
  const Page end =
      browser().Press(OpenConsent(Begin()), "Accept", {{"user", kAnn}});
  EXPECT_THAT(end.body, HasSubstr("would not last"));
  EXPECT_THAT(GrantsOf(kAnn), IsEmpty());
}

// Line: scopes are joined by a comma; Connect: by a comma and a blank
TEST_P(AuthorizationTest, ScopesAreJoinedAsTheProductWritesThem) {
  StartUnlimited();
  const std::string url =
      BeginConsent(kAnn, {product().Read(), product().other_scope});
  const std::string scopes = QueryParameter(url, "scope");
  EXPECT_THAT(scopes, HasSubstr(product().scope_separator));
  EXPECT_EQ(scopes.size(), product().Read().size() +
                               product().other_scope.size() +
                               product().scope_separator.size());
}

// Line: core: PKCE with S256
TEST_P(AuthorizationTest, AChallengeIsSentAndItsVerifierWithTheCode) {
  StartUnlimited();
  const std::string url = Begin();
  EXPECT_EQ(QueryParameter(url, "code_challenge_method"), "S256");
  // With another challenge the code is worth nothing to the broker.
  const std::string forged =
      RedirectOf(With(url, "code_challenge", std::string(43, 'A')), kAnn);
  EXPECT_THAT(browser().Open(forged).body, HasSubstr("did not confirm"));
  EXPECT_THAT(GrantsOf(kAnn), IsEmpty());
}

// Line: a code lives: Identity360 and IoT 60 s, Cliq and Connect 120 s
TEST_P(AuthorizationTest, ACodeIsGoodForItsLifetime) {
  StartUnlimited();
  const std::string redirect = RedirectOf(Begin(), kAnn);
  MoveClocks(product().code_lifetime - absl::Seconds(5));
  EXPECT_EQ(browser().Open(redirect).status, 200);
}

// Line: a code that is older is refused with `invalid_code`
TEST_P(AuthorizationTest, ACodeIsGoodForNoLonger) {
  StartUnlimited();
  const std::string redirect = RedirectOf(Begin(), kAnn);
  MoveClocks(product().code_lifetime + absl::Seconds(1));
  EXPECT_THAT(browser().Open(redirect).body, HasSubstr("did not confirm"));
  EXPECT_THAT(GrantsOf(kAnn), IsEmpty());
}

// Line: Cliq: a code works once
TEST_P(AuthorizationTest, ACodeIsRedeemedOnce) {
  StartUnlimited();
  const std::string redirect = RedirectOf(Begin(), kAnn);
  EXPECT_EQ(browser().Open(redirect).status, 200);
  EXPECT_EQ(browser().Open(redirect).status, 409);
  EXPECT_EQ(sandbox().Calls("token.code"), 1);
}

// Line: a `state` works once
TEST_P(AuthorizationTest, AStateThatWasReplayedIsRefused) {
  StartUnlimited();
  const std::string first = RedirectOf(Begin(), kAnn);
  EXPECT_EQ(browser().Open(first).status, 200);
  const std::string second = RedirectOf(Begin(), kAnn);
  const std::string replayed =
      With(second, "state", QueryParameter(first, "state"));
  EXPECT_EQ(browser().Open(replayed).status, 409);
  EXPECT_EQ(sandbox().Calls("token.code"), 1);
}

// Line: a `state` is bound to whoever began
TEST_P(AuthorizationTest, AnotherUsersStateIsRefused) {
  StartUnlimited();
  const std::string redirect = RedirectOf(Begin(), kAnn);
  v1::CompleteConsentRequest request;
  request.set_user(kBob);
  request.set_state(QueryParameter(redirect, "state"));
  request.set_code(QueryParameter(redirect, "code"));
  EXPECT_EQ(api().CompleteConsent(request).outcome.reason, "STATE_UNUSABLE");
  ExpectNothingCameOfIt();
}

// Line: `accounts-server` is matched against the exact list
TEST_P(AuthorizationTest, AForgedAccountsServerGetsNoCode) {
  StartUnlimited();
  const std::string forged =
      With(RedirectOf(Begin(), kAnn), "accounts-server",
           "https%3A%2F%2Faccounts.zoho.com.evil.example");
  EXPECT_THAT(browser().Open(forged).body,
              HasSubstr("Stopped for your safety"));
  ExpectNothingCameOfIt();
}

}  // namespace
}  // namespace bursar::journey

// The pages that people see when they come back from the provider: one that
// they understand for every outcome, in the browser that they really use.

#include <filesystem>
#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kChromium[] = "/usr/bin/chromium";

class ConsentPages : public Journey {
 protected:
  // Goes as far as the redirect to the broker, and not further; its URL.
  std::string RedirectOf(const std::string& user, const std::string& button) {
    browser().StopBefore(broker().CallbackUri());
    const Page consent = browser().Open(BeginConsent(user, {kRead}));
    const Page redirect = browser().Press(consent, button, {{"user", user}});
    browser().StopBefore("");
    return redirect.url;
  }

  // What Chromium shows at `url` once its scripts, if any, are done.
  std::string InChromium(const std::string& url) {
    const TemporaryFolder folder;
    const Finished finished = RunProgram(
        {.argv = {kChromium, "--headless=new", "--no-sandbox", "--disable-gpu",
                  "--disable-dev-shm-usage",
                  absl::StrCat("--user-data-dir=", folder.Path("profile")),
                  "--dump-dom", url},
         .environment = {{"HOME", folder.path()}},
         .log = folder.Path("chromium")},
        absl::Minutes(1));
    EXPECT_EQ(finished.exit, 0);
    return finished.output;
  }

  // A client of the implicit flow, known to both; the URL that its redirect
  // leads to after `button`, fragment and all.
  std::string FragmentRedirectOf(const std::string& button) {
    v1::CreateClientRequest client;
    client.mutable_client()->set_name("page");
    client.mutable_client()->set_provider("cliq");
    client.mutable_client()->set_client_id(
        sandbox().Register(broker().CallbackUri(), "client-based").id);
    client.mutable_client()->set_response_type(v1::Client::TOKEN);
    EXPECT_TRUE(api().CreateClient(client).ok());
    v1::BeginConsentRequest request;
    request.set_user(kAnn);
    request.set_client("page");
    request.add_scopes(kRead);
    const auto begun = api().BeginConsent(request);
    EXPECT_TRUE(begun.ok()) << begun.outcome;
    return Journey::RedirectOf(begun.value.authorization_url(), kAnn, button);
  }

  static void ExpectNoneOfItShown(const Page& page, const std::string& url) {
    for (const char* parameter : {"state", "code"}) {
      const std::string secret = QueryParameter(url, parameter);
      if (secret.empty()) continue;
      EXPECT_FALSE(absl::StrContains(page.body, secret)) << parameter;
    }
  }
};

TEST_F(ConsentPages, AcceptedConsentIsConfirmed) {
  StartStack();
  const std::string url = RedirectOf(kAnn, "Accept");
  const Page page = browser().Open(url);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("You are connected"));
  ExpectNoneOfItShown(page, url);
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(ConsentPages, DeclinedConsentIsSaidSo) {
  StartStack();
  const Page page = browser().Open(RedirectOf(kAnn, "Reject"));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Nothing was connected"));
  EXPECT_EQ(GetToken(kAnn).outcome.metadata.at("why"), "NO_GRANT");
  EXPECT_EQ(CountEvents("consent.declined"), 1);
}

TEST_F(ConsentPages, ExpiredLinkIsSaidSo) {
  BrokerOptions options;
  options.sections = "consent: {lifetime: 1s}\n";
  StartStack(Unlimited(), options);
  const std::string url = RedirectOf(kAnn, "Accept");
  const absl::Time expiry = absl::Now() + absl::Seconds(1);
  ASSERT_TRUE(Eventually([&] { return absl::Now() > expiry; }));
  const Page page = browser().Open(url);
  EXPECT_EQ(page.status, 410);
  EXPECT_THAT(page.body, HasSubstr("This link has expired"));
  ExpectNoneOfItShown(page, url);
  EXPECT_EQ(sandbox().Calls("token.code"), 0);
}

TEST_F(ConsentPages, LinkWorksOnce) {
  StartStack();
  const std::string url = RedirectOf(kAnn, "Accept");
  ASSERT_EQ(browser().Open(url).status, 200);
  const Page again = browser().Open(url);
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, HasSubstr("used already"));
  EXPECT_EQ(GrantsOf(kAnn).size(), 1U);
  EXPECT_EQ(sandbox().Calls("token.code"), 1);
}

TEST_F(ConsentPages, MadeUpStateIsNotKnown) {
  StartStack();
  const Page page = browser().Open(
      absl::StrCat(broker().CallbackUri(), "?state=made-up&code=made-up"));
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(sandbox().Calls("token.code"), 0);
}

TEST_F(ConsentPages, ForgedAccountsServerGetsNoCode) {
  StartStack();
  const std::string url = RedirectOf(kAnn, "Accept");
  const std::string forged = std::regex_replace(
      url, std::regex("accounts-server=[^&]*"),
      "accounts-server=https%3A%2F%2Faccounts.attacker.example");
  ASSERT_NE(forged, url);
  const Page page = browser().Open(forged);
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, HasSubstr("Stopped for your safety"));
  EXPECT_EQ(sandbox().Calls("token.code"), 0);
}

TEST_F(ConsentPages, PagesAreNotKeptNorFramed) {
  StartStack();
  const Page page = browser().Open(RedirectOf(kAnn, "Accept"));
  EXPECT_THAT(page.headers.at("cache-control"), HasSubstr("no-store"));
  EXPECT_THAT(page.headers.at("content-security-policy"),
              HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(page.headers.at("referrer-policy"), "no-referrer");
}

TEST_F(ConsentPages, ConsentCanBeCompletedWithoutTheCallback) {
  StartStack();
  const std::string url = RedirectOf(kAnn, "Accept");
  v1::CompleteConsentRequest request;
  request.set_user(kAnn);
  request.set_state(QueryParameter(url, "state"));
  request.set_code(QueryParameter(url, "code"));
  request.set_accounts_server(QueryParameter(url, "accounts-server"));
  const auto grant = api().CompleteConsent(request);
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  EXPECT_EQ(grant.value.user(), kAnn);
  EXPECT_EQ(api().CompleteConsent(request).outcome.reason, "STATE_UNUSABLE");
}

TEST_F(ConsentPages, AnothersConsentCannotBeCompleted) {
  StartStack();
  const std::string url = RedirectOf(kAnn, "Accept");
  v1::CompleteConsentRequest request;
  request.set_user(kBob);
  request.set_state(QueryParameter(url, "state"));
  request.set_code(QueryParameter(url, "code"));
  EXPECT_EQ(api().CompleteConsent(request).outcome.reason, "STATE_UNUSABLE");
  EXPECT_TRUE(GrantsOf(kBob).empty());
  EXPECT_EQ(sandbox().Calls("token.code"), 0);
}

TEST_F(ConsentPages, LookRightInChromium) {
  ASSERT_TRUE(std::filesystem::exists(kChromium))
      << "there is no Chromium: scripts/setup.sh test installs it";
  StartStack();
  const std::string shown = InChromium(RedirectOf(kAnn, "Reject"));
  EXPECT_THAT(shown, HasSubstr("Nothing was connected"));
  EXPECT_THAT(InChromium(BeginConsent(kAnn, {kRead})),
              HasSubstr("asks for access to your account"));
}

TEST_F(ConsentPages, HandOnAFragmentInChromium) {
  ASSERT_TRUE(std::filesystem::exists(kChromium))
      << "there is no Chromium: scripts/setup.sh test installs it";
  StartStack();
  const std::string url = FragmentRedirectOf("Accept");
  EXPECT_THAT(InChromium(url), HasSubstr("You are connected"));
  v1::GetTokenRequest request;
  request.set_user(kAnn);
  request.set_client("page");
  const auto token = api().GetToken(request);
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(sandbox().CallApi(token.value.authorization()), 200);
  EXPECT_THAT(url, HasSubstr(token.value.access_token()));
  EXPECT_THAT(broker().Log(), Not(HasSubstr(token.value.access_token())));
}

TEST_F(ConsentPages, HandOnADeclinedConsentInChromium) {
  ASSERT_TRUE(std::filesystem::exists(kChromium))
      << "there is no Chromium: scripts/setup.sh test installs it";
  StartStack();
  EXPECT_THAT(InChromium(FragmentRedirectOf("Reject")),
              HasSubstr("Nothing was connected"));
}

}  // namespace
}  // namespace bursar::journey

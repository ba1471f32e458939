#include "server/web/web_server.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "httplib.h"
#include "server/base/log_budget.h"
#include "server/base/random.h"
#include "server/core/consent.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "server/web/outcome.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCode[] = "1000.c0dec0dec0de";

Providers OneProvider() {
  Provider zoho;
  zoho.name = ProviderName("zoho");
  zoho.default_data_center = DataCenter("us");
  zoho.data_centers[DataCenter("us")] = {"us", "https://accounts.us.test"};
  std::vector<Provider> providers;
  providers.push_back(std::move(zoho));
  return Providers(std::move(providers));
}

RedeemResult Tokens(absl::Time now, bool with_refresh_token) {
  Granted granted;
  granted.access_token.value = Secret::Copy("access-t0ken");
  granted.access_token.token_type = "Bearer";
  granted.access_token.obtained = now;
  granted.access_token.expiry = now + absl::Hours(1);
  if (with_refresh_token) {
    granted.refresh_token = Secret::Copy("refresh-t0ken");
  }
  return granted;
}

// A browser before the real server, core and ledger.
class WebServerTest : public ::testing::Test {
 protected:
  WebServerTest() {
    Start({"127.0.0.1:0", std::nullopt});
    CreateClient("calendar", ResponseType::kCode);
    CreateClient("page", ResponseType::kToken);
  }
  ~WebServerTest() override {
    server.reset();
    ledger.Close();
  }

  void Start(WebServer::Options options) {
    auto bound = WebServer::Bind(std::move(options));
    ASSERT_TRUE(bound.ok()) << bound.status();
    server = *std::move(bound);
    server->Serve(consent, clock);
  }

  void CreateClient(const std::string& name, ResponseType response_type) {
    Client client;
    client.name = ClientName(name);
    client.response_type = response_type;
    client.provider = ProviderName("zoho");
    client.client_id = "1000.CLIENT";
    client.default_scopes = Scopes({"Calendar.READ"});
    absl::Status created = absl::UnknownError("not told");
    std::mutex mutex;
    std::condition_variable told;
    std::unique_lock lock(mutex);
    ledger.journal().Write(
        [&](Ledger& rows) {
          return rows.clients()
              .Create(client, std::nullopt, clock.Now())
              .status();
        },
        [&](absl::Status status) {
          const std::lock_guard guard(mutex);
          created = std::move(status);
          told.notify_one();
        });
    told.wait(lock, [&] { return !absl::IsUnknown(created); });
    ASSERT_TRUE(created.ok()) << created;
  }

  // A state that waits for its user.
  std::string BeginConsent(const std::string& client = "calendar") {
    std::string state;
    std::mutex mutex;
    std::condition_variable told;
    std::unique_lock lock(mutex);
    consent.Begin({UserId("ada"), ClientName(client), {}, Actor("service")},
                  clock.Now(), [&](absl::StatusOr<Consent::Begun> begun) {
                    const std::lock_guard guard(mutex);
                    state = std::string(begun.value().state.Expose());
                    told.notify_one();
                  });
    told.wait(lock, [&] { return !state.empty(); });
    return state;
  }

  // What the browser gets that follows the provider's redirect: the page's
  // slug, after making sure that neither redirect nor page tells a secret.
  std::string Follow(const std::string& query, const std::string& state) {
    httplib::Client browser(server->url());
    const auto redirect = browser.Get("/callback?" + query);
    if (!redirect) return "no answer";
    EXPECT_EQ(redirect->status, 303);
    ExpectNoSecret(*redirect, state);
    const std::string location = redirect->get_header_value("Location");
    EXPECT_EQ(location.rfind("consent/", 0), 0u) << location;
    const auto page = browser.Get("/" + location);
    if (!page) return "no page";
    ExpectNoSecret(*page, state);
    return location.substr(location.find('/') + 1);
  }

  // The same for what our page hands on of a fragment.
  std::string HandOn(const std::string& fragment, const std::string& state) {
    httplib::Client browser(server->url());
    const auto redirect =
        browser.Post("/callback", httplib::Params{{"fragment", fragment}});
    if (!redirect) return "no answer";
    EXPECT_EQ(redirect->status, 303);
    ExpectNoSecret(*redirect, state);
    const std::string location = redirect->get_header_value("Location");
    return location.substr(location.find('/') + 1);
  }

  void ExpectNoSecret(const httplib::Response& response,
                      const std::string& state) {
    std::string all = response.body;
    for (const auto& [name, value] : response.headers) {
      absl::StrAppend(&all, "\n", name, ": ", value);
    }
    EXPECT_THAT(all, Not(HasSubstr("c0de")));
    EXPECT_THAT(all, Not(HasSubstr("t0ken")));
    if (!state.empty()) {
      EXPECT_THAT(all, Not(HasSubstr(state)));
    }
  }

  std::string Complete(const std::string& state, RedeemResult answer) {
    std::thread provider(
        [&] { EXPECT_TRUE(upstream.Answer(std::move(answer))); });
    std::string slug = Follow(
        absl::StrCat("state=", state, "&code=", kCode, "&location=us"), state);
    provider.join();
    return slug;
  }

  ManualClock clock;
  SystemRandom random;
  TemporaryLedger ledger{random, clock};
  ScriptedUpstream upstream;
  ManualExecutor executor;
  const Providers providers = OneProvider();
  TokenCache cache{100};
  OwnUsers own_users;
  Revocation revocation{ledger.journal(), upstream, cache, executor, clock};
  Consent consent{ledger.journal(),
                  upstream,
                  providers,
                  revocation,
                  cache,
                  own_users,
                  clock,
                  random,
                  {absl::Minutes(10), "https://b/callback"}};
  std::unique_ptr<WebServer> server;
};

TEST_F(WebServerTest, AConsentThatWasGivenIsConnected) {
  EXPECT_EQ(Complete(BeginConsent(), Tokens(clock.Now(), true)), "connected");
}

TEST_F(WebServerTest, ADeclinedConsentIsNoFault) {
  const std::string state = BeginConsent();
  EXPECT_EQ(Follow("error=access_denied&state=" + state, state), "declined");
}

TEST_F(WebServerTest, ADeclinedConsentCannotBeCompletedAfterwards) {
  const std::string state = BeginConsent();
  Follow("error=access_denied&state=" + state, state);
  EXPECT_EQ(Follow(absl::StrCat("state=", state, "&code=", kCode), state),
            "already-used");
  EXPECT_TRUE(upstream.calls().empty());
}

TEST_F(WebServerTest, AnErrorOfTheClientsIsItsOperators) {
  const std::string state = BeginConsent();
  EXPECT_EQ(Follow("error=invalid_scope&state=" + state, state),
            "misconfigured");
}

TEST_F(WebServerTest, AnErrorThatPassesIsWorthAnotherTry) {
  const std::string state = BeginConsent();
  EXPECT_EQ(Follow("error=temporarily_unavailable&state=" + state, state),
            "try-later");
}

TEST_F(WebServerTest, AnExpiredConsentSaysSo) {
  const std::string state = BeginConsent();
  clock.Advance(absl::Minutes(11));
  EXPECT_EQ(Follow(absl::StrCat("state=", state, "&code=", kCode), state),
            "expired");
}

TEST_F(WebServerTest, AStateWorksOnce) {
  const std::string state = BeginConsent();
  Complete(state, Tokens(clock.Now(), true));
  EXPECT_EQ(Follow(absl::StrCat("state=", state, "&code=", kCode), state),
            "already-used");
  EXPECT_EQ(upstream.calls().size(), 1u);
}

TEST_F(WebServerTest, AStateThatWasNeverGivenOutIsUnknown) {
  EXPECT_EQ(Follow(absl::StrCat("state=made-up&code=", kCode), "made-up"),
            "unknown-link");
}

TEST_F(WebServerTest, WhatLeadsToNothingIsAFewLinesOfTheLog) {
  ::testing::internal::CaptureStderr();
  httplib::Client browser(server->url());
  for (int link = 0; link < 10 * LogBudget::kOfOneThing; ++link) {
    browser.Get(absl::StrCat("/callback?state=made-up&code=", kCode));
  }
  const std::vector<std::string> lines = absl::StrSplit(
      ::testing::internal::GetCapturedStderr(), '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), LogBudget::kOfOneThing);
}

TEST_F(WebServerTest, EveryConsentThatWasGivenIsInTheLog) {
  ::testing::internal::CaptureStderr();
  for (int consented = 0; consented < 2 * LogBudget::kOfOneThing; ++consented) {
    RedeemResult answer = Tokens(clock.Now(), true);
    // No provider gives the same tokens twice.
    auto& granted = std::get<Granted>(answer);
    granted.access_token.value = Secret::Copy(absl::StrCat("a", consented));
    granted.refresh_token = Secret::Copy(absl::StrCat("r", consented));
    Complete(BeginConsent(), std::move(answer));
  }
  const std::vector<std::string> lines =
      absl::StrSplit(::testing::internal::GetCapturedStderr(),
                     "web.consent outcome=connected\n");
  EXPECT_EQ(lines.size(), 2 * LogBudget::kOfOneThing + 1);
}

TEST_F(WebServerTest, ALinkThatLostAPartIsUnknown) {
  const std::string state = BeginConsent();
  EXPECT_EQ(Follow(absl::StrCat("code=", kCode), ""), "unknown-link");
  EXPECT_EQ(Follow("state=" + state, state), "unknown-link");
  EXPECT_EQ(Follow(absl::StrCat("state=", state, "&code="), state),
            "unknown-link");
}

TEST_F(WebServerTest, AParameterThatComesTwiceIsRefused) {
  const std::string state = BeginConsent();
  EXPECT_EQ(
      Follow(absl::StrCat("state=", state, "&code=a&code=", kCode), state),
      "unknown-link");
  EXPECT_TRUE(upstream.calls().empty());
}

TEST_F(WebServerTest, AForgedAccountsServerGetsNoCode) {
  const std::string state = BeginConsent();
  EXPECT_EQ(Follow(absl::StrCat("state=", state, "&code=", kCode,
                                "&accounts-server=https%3A%2F%2Fevil.test"),
                   state),
            "not-genuine");
  EXPECT_TRUE(upstream.calls().empty());
}

TEST_F(WebServerTest, ARefusedCodeSaysSo) {
  EXPECT_EQ(Complete(BeginConsent(), Dead{}), "refused");
}

TEST_F(WebServerTest, APermissionWithoutRefreshTokenWouldNotLast) {
  EXPECT_EQ(Complete(BeginConsent(), Tokens(clock.Now(), false)),
            "not-lasting");
}

TEST_F(WebServerTest, AProviderOutOfReachIsWorthAnotherTry) {
  EXPECT_EQ(
      Complete(BeginConsent(), Transient{Trouble::kUnreachable, std::nullopt}),
      "try-later");
  EXPECT_EQ(Complete(BeginConsent(), Throttled{absl::Minutes(1)}), "try-later");
}

TEST_F(WebServerTest, AClientThatTheProviderRejectsIsItsOperators) {
  EXPECT_EQ(Complete(BeginConsent(), Misconfigured{"SECRET"}), "misconfigured");
}

TEST_F(WebServerTest, ABrowserDoesNotWaitForEver) {
  server.reset();
  Start({"127.0.0.1:0", std::nullopt, absl::Milliseconds(10)});
  const std::string state = BeginConsent();
  EXPECT_EQ(Follow(absl::StrCat("state=", state, "&code=", kCode), state),
            "undecided");
  EXPECT_TRUE(upstream.Answer(Dead{}));
}

TEST_F(WebServerTest, EveryOutcomesPageHasItsStatusAndText) {
  httplib::Client browser(server->url());
  for (const OutcomeText& text : OutcomeTexts()) {
    const auto page = browser.Get(absl::StrCat("/consent/", text.slug));
    ASSERT_TRUE(page) << text.slug;
    EXPECT_EQ(page->status, text.http_status) << text.slug;
    EXPECT_THAT(page->body, HasSubstr(std::string(text.title)));
    EXPECT_THAT(page->body, HasSubstr(std::string(text.next)));
    EXPECT_THAT(page->body, Not(HasSubstr("{{")));
    EXPECT_EQ(page->has_header("Retry-After"), text.http_status == 503);
  }
}

TEST_F(WebServerTest, EveryAnswerKeepsBrowsersFromCachingTellingAndFraming) {
  httplib::Client browser(server->url());
  for (const char* path :
       {"/callback", "/consent/connected", "/healthz", "/nowhere"}) {
    const auto answer = browser.Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->get_header_value("Cache-Control"), "no-store") << path;
    EXPECT_EQ(answer->get_header_value("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
    const std::string policy =
        answer->get_header_value("Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  }
}

TEST_F(WebServerTest, WhereThereIsNothingAPageSaysSo) {
  httplib::Client browser(server->url());
  for (const char* path : {"/", "/nowhere", "/consent/", "/consent/nonesuch",
                           "/consent/../callback"}) {
    const auto page = browser.Get(path);
    ASSERT_TRUE(page) << path;
    EXPECT_EQ(page->status, 404) << path;
    EXPECT_THAT(page->body, HasSubstr("There is nothing here")) << path;
  }
}

TEST_F(WebServerTest, OnlyAGetSpendsWhatAnAddressBrings) {
  const std::string state = BeginConsent();
  const std::string path =
      absl::StrCat("/callback?state=", state, "&code=", kCode);
  httplib::Client browser(server->url());
  EXPECT_EQ(browser.Head(path)->status, 405);
  EXPECT_EQ(browser.Put(path)->status, 405);
  EXPECT_EQ(browser.Post(path)->get_header_value("Location"),
            "consent/unknown-link");
  EXPECT_TRUE(upstream.calls().empty());
}

TEST_F(WebServerTest, AnOverlongAddressIsRefused) {
  httplib::Client browser(server->url());
  const auto answer = browser.Get("/callback?state=" + std::string(9000, 'a'));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 414);
}

TEST_F(WebServerTest, TellsThatItIsThere) {
  httplib::Client browser(server->url());
  const auto answer = browser.Get("/healthz");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "ok\n");
}

TEST_F(WebServerTest, ATakenPortIsRefusedByAddress) {
  const std::string address = server->url().substr(7);
  const auto second = WebServer::Bind({address, std::nullopt});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(address));
}

TEST_F(WebServerTest, AnswersOverTls) {
  server.reset();
  FileAuthority authority(ledger.folder());
  const CertificateFiles own = authority.Issue("web", "IP:127.0.0.1");
  Start({"127.0.0.1:0", WebTls{own.certificate, own.key}});
  EXPECT_THAT(server->url(), HasSubstr("https://127.0.0.1:"));
  httplib::Client browser(server->url());
  browser.set_ca_cert_path(authority.certificate().c_str());
  const auto answer = browser.Get("/healthz");
  ASSERT_TRUE(answer) << httplib::to_string(answer.error());
  EXPECT_EQ(answer->status, 200);
}

TEST_F(WebServerTest, ACertificateThatIsNotFitIsNamed) {
  FileAuthority authority(ledger.folder());
  const CertificateFiles own = authority.Issue("web", "IP:127.0.0.1");
  const CertificateFiles other = authority.Issue("other", "IP:127.0.0.1");
  for (const WebTls& tls : {WebTls{"/nowhere/cert.pem", own.key},
                            WebTls{own.certificate, other.key}}) {
    const auto bound = WebServer::Bind({"127.0.0.1:0", tls});
    ASSERT_FALSE(bound.ok());
    EXPECT_THAT(std::string(bound.status().message()),
                HasSubstr(tls.certificate_file));
  }
}

TEST_F(WebServerTest, ARedirectWithoutAnAnswerGetsThePageThatHandsItOn) {
  httplib::Client browser(server->url());
  const auto page = browser.Get("/callback");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
  EXPECT_THAT(page->body, HasSubstr("<form method=\"post\">"));
  EXPECT_THAT(page->body, HasSubstr("history.replaceState"));
  EXPECT_THAT(page->body, HasSubstr("<noscript>"));
  EXPECT_EQ(page->get_header_value("Cache-Control"), "no-store");
}

TEST_F(WebServerTest, OnlyThatPageRunsAScriptAndOnlyItsOwn) {
  httplib::Client browser(server->url());
  const auto page = browser.Get("/callback");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->get_header_value_count("Content-Security-Policy"), 1u);
  EXPECT_THAT(
      page->get_header_value("Content-Security-Policy"),
      AllOf(HasSubstr("default-src 'none'"), HasSubstr("script-src 'sha256-"),
            HasSubstr("form-action 'self'"), Not(HasSubstr("unsafe"))));
  const auto other = browser.Get("/consent/connected");
  ASSERT_TRUE(other);
  EXPECT_THAT(
      other->get_header_value("Content-Security-Policy"),
      AllOf(Not(HasSubstr("script-src")), HasSubstr("form-action 'none'")));
}

TEST_F(WebServerTest, ATokenInAFragmentIsConnected) {
  const std::string state = BeginConsent("page");
  EXPECT_EQ(HandOn("access_token=t0ken&expires_in=3600&state=" + state, state),
            "connected");
  EXPECT_TRUE(upstream.calls().empty());
}

TEST_F(WebServerTest, AFragmentWorksOnce) {
  const std::string state = BeginConsent("page");
  const std::string fragment = "access_token=t0ken&state=" + state;
  HandOn(fragment, state);
  EXPECT_EQ(HandOn(fragment, state), "already-used");
}

TEST_F(WebServerTest, ADeclinedConsentInAFragmentIsNoFault) {
  const std::string state = BeginConsent("page");
  EXPECT_EQ(HandOn("error=access_denied&state=" + state, state), "declined");
}

TEST_F(WebServerTest, AFragmentThatLostAPartIsUnknown) {
  const std::string state = BeginConsent("page");
  EXPECT_EQ(HandOn("", ""), "unknown-link");
  EXPECT_EQ(HandOn("access_token=t0ken", ""), "unknown-link");
  EXPECT_EQ(HandOn("state=" + state, state), "unknown-link");
}

TEST_F(WebServerTest, AForgedAccountsServerInAFragmentIsTold) {
  const std::string state = BeginConsent("page");
  EXPECT_EQ(HandOn("access_token=t0ken&accounts-server=https%3A%2F%2Fevil.test"
                   "&state=" +
                       state,
                   state),
            "not-genuine");
}

TEST_F(WebServerTest, NothingElseTakesAPost) {
  httplib::Client browser(server->url());
  const auto answer = browser.Post("/consent/connected", "", "text/plain");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 405);
  EXPECT_EQ(answer->get_header_value("Allow"), "GET");
}

}  // namespace
}  // namespace bursar

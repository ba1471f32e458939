// Answers that providers put behind an address's hash, and the page that hands
// them on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "httplib.h"
#include "tests/unit/web/browser.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

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

}  // namespace
}  // namespace bursar

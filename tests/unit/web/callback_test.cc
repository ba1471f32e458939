// What a browser is told that a provider sends back.

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "httplib.h"
#include "tests/unit/web/browser.h"

namespace bursar {
namespace {

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

}  // namespace
}  // namespace bursar

// What the log says of the browsers that providers send back.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "httplib.h"
#include "server/base/log_budget.h"
#include "tests/unit/web/browser.h"

namespace bursar {
namespace {

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

}  // namespace
}  // namespace bursar

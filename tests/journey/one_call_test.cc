// However many ask for one grant at once, the provider is asked once.

#include <chrono>
#include <future>
#include <set>

#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

// The distinct tokens among the replies; every reply must hold one.
std::set<std::string> TokensIn(const std::vector<Api::TokenReply>& replies) {
  std::set<std::string> tokens;
  for (const Api::TokenReply& reply : replies) {
    EXPECT_TRUE(reply.ok()) << reply.outcome;
    tokens.insert(reply.value.SerializeAsString());
  }
  return tokens;
}

class OneCall : public Journey {
 protected:
  void SetUp() override { StartStack(); }
};

TEST_F(OneCall, ThousandCallersOfOneExpiredGrantShareOneRefresh) {
  ConsentExpired(kAnn);
  sandbox().Add({.kind = "delay", .delay = absl::Milliseconds(200)});
  const auto replies = api().GetTokens(
      std::vector<v1::GetTokenRequest>(1000, TokenRequest(kAnn)));
  EXPECT_EQ(TokensIn(replies).size(), 1);
  EXPECT_EQ(replies.front().value.generation(), 2);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
}

TEST_F(OneCall, HundredCallersOfOneFailedTokenShareOneNewToken) {
  Consent(kAnn);
  const v1::AccessToken failed = GetToken(kAnn).value;
  sandbox().Add({.kind = "delay", .delay = absl::Milliseconds(100)});
  const auto replies = api().Refreshes(
      std::vector<v1::RefreshRequest>(100, RefreshOf(failed, kAnn)));
  EXPECT_EQ(TokensIn(replies).size(), 1);
  EXPECT_EQ(replies.front().value.generation(), failed.generation() + 1);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
}

TEST_F(OneCall, LateCallerOfTheFailedTokenGetsTheNewOne) {
  Consent(kAnn);
  const v1::AccessToken failed = GetToken(kAnn).value;
  const auto first = Refresh(failed, kAnn);
  const auto late = Refresh(failed, kAnn);
  ASSERT_TRUE(late.ok()) << late.outcome;
  EXPECT_TRUE(late.value.access_token() == first.value.access_token());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
}

TEST_F(OneCall, CallersOfOneGrantDoNotWaitForAnothers) {
  ConsentExpired(kAnn);
  ConsentExpired(kBob);
  sandbox().Add({.kind = "delay", .delay = absl::Seconds(3)});
  auto anns = std::async(std::launch::async, [this] { return GetToken(kAnn); });
  ASSERT_TRUE(
      Eventually([&] { return sandbox().Calls("token.refresh") == 1; }));
  EXPECT_TRUE(GetToken(kBob).ok());
  EXPECT_EQ(anns.wait_for(std::chrono::seconds(0)),
            std::future_status::timeout);
  EXPECT_TRUE(anns.get().ok());
}

}  // namespace
}  // namespace bursar::journey

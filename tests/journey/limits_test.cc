// The provider's limits are known here before the provider enforces them.

#include "gmock/gmock.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

// As the provider really counts.
SandboxOptions Counting() { return {}; }

// The descriptor's own windows and caps, beside a clock that the test moves.
BrokerOptions Mirroring(const std::string& limits) {
  BrokerOptions options;
  options.limits = true;
  options.movable_clock = true;
  options.provider_keys = "    limits:\n" + limits;
  return options;
}

constexpr char kTenMints[] =
    "      - {counts: access_tokens, per: refresh_token, at_most: 10, "
    "within: 10m}\n";
constexpr char kFiveConsents[] =
    "      - {counts: refresh_tokens, per: user_and_client, at_most: 5, "
    "within: 1m}\n";

class Limits : public Journey {
 protected:
  // Has the provider's API refuse the newest token so often; the last answer.
  Api::TokenReply ForceRefreshes(int times) {
    Api::TokenReply newest = GetToken(kAnn);
    for (int i = 0; i < times; ++i) {
      Api::TokenReply next = Refresh(newest.value, kAnn);
      if (!next.ok()) return next;
      newest = std::move(next);
    }
    return newest;
  }
};

TEST_F(Limits, EleventhForcedRefreshInTenMinutesStaysHere) {
  StartStack(Counting(), Mirroring(kTenMints));
  Consent(kAnn);
  const auto eleventh = ForceRefreshes(11);
  EXPECT_EQ(eleventh.outcome.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(eleventh.outcome.reason, "PROVIDER_LIMIT_REACHED");
  EXPECT_GT(*eleventh.outcome.retry_delay, absl::Minutes(9));
  EXPECT_LE(*eleventh.outcome.retry_delay, absl::Minutes(10));
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
}

TEST_F(Limits, TheWindowPasses) {
  StartStack(Counting(), Mirroring(kTenMints));
  Consent(kAnn);
  const auto refused = ForceRefreshes(11);
  MoveClocks(*refused.outcome.retry_delay + absl::Seconds(1));
  EXPECT_TRUE(ForceRefreshes(1).ok());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 11);
}

TEST_F(Limits, ALivingTokenIsServedAtTheLimit) {
  StartStack(Counting(), Mirroring(kTenMints));
  Consent(kAnn);
  ASSERT_TRUE(ForceRefreshes(10).ok());
  // Nobody says that the newest failed: it serves, however long it must last.
  v1::GetTokenRequest request = TokenRequest(kAnn);
  request.mutable_min_ttl()->set_seconds(3599);
  MoveClocks(absl::Seconds(30));
  EXPECT_TRUE(api().GetToken(request).ok());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
}

TEST_F(Limits, ScopeVariantsShareATokenAtTheLimit) {
  StartStack(Counting(), Mirroring(kTenMints));
  Consent(kAnn, {"ZohoCliq.Channels.ALL", "ZohoCliq.Chats.ALL",
                 "ZohoCliq.Messages.ALL"});
  ASSERT_TRUE(ForceRefreshes(10).ok());
  for (const char* resource : {"Channels", "Chats", "Messages"}) {
    for (const char* operation : {"CREATE", "READ", "UPDATE", "DELETE"}) {
      const auto reply = GetToken(
          kAnn, {std::string("ZohoCliq.") + resource + "." + operation});
      EXPECT_TRUE(reply.ok()) << reply.outcome;
    }
  }
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
}

TEST_F(Limits, WhereTokensNarrowVariantsShareAWiderOneAtTheLimit) {
  StartStack(Counting(),
             Mirroring(std::string(kTenMints) + "    narrows: true\n"));
  Consent(kAnn, {"ZohoCliq.Channels.ALL", "ZohoCliq.Chats.ALL",
                 "ZohoCliq.Messages.ALL"});
  MoveClocks(absl::Hours(2));
  const char* const kResources[] = {"Channels", "Chats", "Messages"};
  int minted = 0;
  for (const char* resource : kResources) {
    for (const char* operation : {"CREATE", "READ", "UPDATE"}) {
      const auto reply = GetToken(
          kAnn, {std::string("ZohoCliq.") + resource + "." + operation});
      ASSERT_TRUE(reply.ok()) << reply.outcome;
      EXPECT_EQ(sandbox().Calls("token.refresh"), ++minted);
    }
  }
  // The tenth is as wide as the grant, and the last for ten minutes.
  ASSERT_TRUE(GetToken(kAnn).ok());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
  for (const char* resource : kResources) {
    EXPECT_TRUE(
        GetToken(kAnn, {std::string("ZohoCliq.") + resource + ".DELETE"}).ok());
  }
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
  EXPECT_EQ(sandbox().Throttled(), 0);
}

TEST_F(Limits, CountsOutliveTheServer) {
  StartStack(Counting(), Mirroring(kTenMints));
  Consent(kAnn);
  ASSERT_TRUE(ForceRefreshes(10).ok());
  broker().Kill9();
  ASSERT_TRUE(broker().Start());
  EXPECT_EQ(ForceRefreshes(1).outcome.reason, "PROVIDER_LIMIT_REACHED");
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
}

TEST_F(Limits, ARefusedRefreshIsNotCounted) {
  StartStack(Counting(), Mirroring(kTenMints));
  Consent(kAnn);
  sandbox().Add({.kind = "status", .times = 1, .status = 503});
  const auto token = GetToken(kAnn);
  EXPECT_FALSE(Refresh(token.value, kAnn).ok());
  MoveClocks(absl::Minutes(2));
  EXPECT_TRUE(ForceRefreshes(10).ok());
}

TEST_F(Limits, SixthConsentInAMinuteIsHeldHere) {
  StartStack(Counting(), Mirroring(kFiveConsents));
  for (int i = 0; i < 5; ++i) Consent(kAnn);
  v1::BeginConsentRequest request;
  request.set_user(kAnn);
  request.set_client(kClient);
  request.add_scopes(kRead);
  const auto sixth = api().BeginConsent(request);
  EXPECT_EQ(sixth.outcome.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(sixth.outcome.reason, "PROVIDER_LIMIT_REACHED");
  EXPECT_GT(*sixth.outcome.retry_delay, absl::Seconds(30));
  EXPECT_LE(*sixth.outcome.retry_delay, absl::Minutes(1));
  EXPECT_EQ(sandbox().Calls("token.code"), 5);
  MoveClocks(*sixth.outcome.retry_delay + absl::Seconds(1));
  Consent(kAnn);
  EXPECT_EQ(sandbox().Calls("token.code"), 6);
}

TEST_F(Limits, ASixthRedirectWaitsAndComesAgain) {
  StartStack(Counting(), Mirroring(kFiveConsents));
  std::vector<std::string> begun;
  for (int i = 0; i < 6; ++i) begun.push_back(BeginConsent(kAnn, {kRead}));
  Page end;
  for (const std::string& url : begun) {
    end = browser().Press(browser().Open(url), "Accept", {{"user", kAnn}});
  }
  EXPECT_EQ(end.status, 503);
  EXPECT_THAT(end.body, testing::HasSubstr("One moment"));
  EXPECT_EQ(sandbox().Calls("token.code"), 5);
  // The browser comes back by itself when the time has passed.
  MoveClocks(absl::Seconds(61));
  EXPECT_EQ(browser().Open(end.url).status, 200);
  EXPECT_EQ(sandbox().Calls("token.code"), 6);
}

TEST_F(Limits, AWarningIsGivenOnTheWay) {
  StartStack(Counting(), Mirroring(kTenMints));
  const v1::Grant grant = Consent(kAnn);
  ASSERT_TRUE(ForceRefreshes(7).ok());
  EXPECT_EQ(CountEvents("limit.near", grant.id()), 0);
  ASSERT_TRUE(ForceRefreshes(3).ok());
  EXPECT_EQ(CountEvents("limit.near", grant.id()), 1);
}

TEST_F(Limits, AWarningIsAMetricToo) {
  BrokerOptions options = Mirroring(kTenMints);
  options.sections = "metrics: {address: 127.0.0.1:0}\n";
  StartStack(Counting(), options);
  Consent(kAnn);
  ASSERT_TRUE(ForceRefreshes(10).ok());
  const Page metrics = browser().Open(broker().Ready("metrics"));
  EXPECT_THAT(metrics.body, testing::HasSubstr("kind=\"limit.near\","
                                               "outcome=\"near\"} 1"));
}

}  // namespace
}  // namespace bursar::journey

// The main job, step by step: consent once, then GetToken, Refresh and Revoke.

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

class MainJob : public Journey {
 protected:
  void SetUp() override { StartStack(); }
};

TEST_F(MainJob, ConsentThroughTheProvidersPagesGivesAGrant) {
  const v1::Grant grant = Consent(kAnn, {kRead, kChats});
  EXPECT_EQ(grant.state(), v1::Grant::ACTIVE);
  EXPECT_EQ(grant.user(), kAnn);
  EXPECT_EQ(grant.client(), kClient);
  EXPECT_EQ(grant.provider(), "cliq");
  EXPECT_EQ(grant.data_center(), "us");
  EXPECT_THAT(grant.scopes(), ElementsAre(kRead, kChats));
  EXPECT_EQ(grant.generation(), 1);
}

TEST_F(MainJob, TokenIsTakenByTheApi) {
  Consent(kAnn);
  const auto reply = GetToken(kAnn, {kRead});
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(sandbox().CallApi(reply.value.authorization()), 200);
}

TEST_F(MainJob, TokenComesWithAllThatACallerNeeds) {
  const v1::Grant grant = Consent(kAnn);
  const v1::AccessToken token = GetToken(kAnn).value;
  EXPECT_EQ(token.token_type(), "Bearer");
  EXPECT_TRUE(token.authorization() ==
              absl::StrCat("Zoho-oauthtoken ", token.access_token()));
  EXPECT_GT(ToTime(token.expire_time()), absl::Now() + absl::Minutes(59));
  EXPECT_LE(ToTime(token.expire_time()), absl::Now() + absl::Hours(1));
  EXPECT_THAT(token.scopes(), ElementsAre(kRead));
  EXPECT_EQ(token.api_domain(), sandbox().url());
  EXPECT_EQ(token.grant(), grant.id());
  EXPECT_EQ(token.generation(), 1);
}

TEST_F(MainJob, LivingTokenIsAnsweredWithoutTheProvider) {
  Consent(kAnn);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(GetToken(kAnn).ok());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
}

TEST_F(MainJob, LivingTokenOutlivesARestart) {
  Consent(kAnn);
  const v1::AccessToken before = GetToken(kAnn).value;
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start());
  const v1::AccessToken after = GetToken(kAnn).value;
  EXPECT_TRUE(before.access_token() == after.access_token());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
}

TEST_F(MainJob, ExpiredTokenIsRefreshed) {
  ConsentExpired(kAnn);
  const auto reply = GetToken(kAnn);
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(reply.value.generation(), 2);
  EXPECT_EQ(sandbox().CallApi(reply.value.authorization()), 200);
}

TEST_F(MainJob, RefreshInsistsOnANewToken) {
  Consent(kAnn);
  const v1::AccessToken first = GetToken(kAnn).value;
  const auto second = Refresh(first, kAnn);
  ASSERT_TRUE(second.ok()) << second.outcome;
  EXPECT_EQ(second.value.generation(), 2);
  EXPECT_FALSE(first.access_token() == second.value.access_token());
  EXPECT_EQ(sandbox().CallApi(second.value.authorization()), 200);
}

TEST_F(MainJob, FailedTokenCanBeNamedByItsValue) {
  Consent(kAnn);
  v1::RefreshRequest request;
  request.set_user(kAnn);
  request.set_client(kClient);
  request.set_failed_access_token(GetToken(kAnn).value.access_token());
  const auto reply = api().Refresh(request);
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(reply.value.generation(), 2);
}

TEST_F(MainJob, UsageCountsWhatAUserHasAtAClient) {
  Consent(kAnn);
  Refresh(GetToken(kAnn).value, kAnn);
  const auto reply = api().ListUsage({});
  ASSERT_EQ(reply.value.usage_size(), 1) << reply.outcome;
  const v1::Usage& usage = reply.value.usage(0);
  EXPECT_EQ(usage.user(), kAnn);
  EXPECT_EQ(usage.client(), kClient);
  EXPECT_EQ(usage.living_refresh_tokens(), 1);
  EXPECT_EQ(usage.redemptions(), 1);
  EXPECT_EQ(usage.rotations(), 0);
  EXPECT_EQ(usage.active_grants(), 1);
}

TEST_F(MainJob, UsageCountsPerUserAndPerClientToo) {
  Consent(kAnn);
  Consent(kBob);
  v1::ListUsageRequest request;
  request.set_group_by(v1::ListUsageRequest::USER);
  EXPECT_EQ(api().ListUsage(request).value.usage_size(), 2);
  request.set_group_by(v1::ListUsageRequest::CLIENT);
  const auto reply = api().ListUsage(request);
  ASSERT_EQ(reply.value.usage_size(), 1) << reply.outcome;
  EXPECT_EQ(reply.value.usage(0).living_refresh_tokens(), 2);
}

TEST_F(MainJob, EventsTellTheStory) {
  const v1::Grant grant = Consent(kAnn);
  Refresh(GetToken(kAnn).value, kAnn);
  v1::RevokeRequest request;
  request.set_grant(grant.id());
  ASSERT_TRUE(api().Revoke(request).ok());
  ASSERT_TRUE(Eventually(
      [&] { return CountEvents("revocation.confirmed", grant.id()) == 1; }));
  std::vector<std::string> story;
  for (const v1::Event& event : Events()) {
    story.push_back(absl::StrCat(event.kind(), " ", event.outcome()));
  }
  EXPECT_THAT(story,
              ElementsAre("client.created ok", "consent.begun ok",
                          "grant.created ok", "token.refreshed ok",
                          "grant.revoked ok", "revocation.confirmed ok"));
}

TEST_F(MainJob, EventsCountWithoutGaps) {
  Consent(kAnn);
  Refresh(GetToken(kAnn).value, kAnn);
  const std::vector<v1::Event> events = Events();
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].id(), static_cast<int64_t>(i) + 1);
  }
}

TEST_F(MainJob, RevokedGrantYieldsNoToken) {
  const v1::Grant grant = Consent(kAnn);
  ASSERT_TRUE(GetToken(kAnn).ok());
  v1::RevokeRequest request;
  request.set_grant(grant.id());
  EXPECT_THAT(api().Revoke(request).value.revoked_grants(),
              ElementsAre(grant.id()));
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(refused.outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(refused.outcome.metadata.at("why"), "REVOKED");
}

TEST_F(MainJob, RevokedGrantsTokenIsRefusedByTheApi) {
  const v1::Grant grant = Consent(kAnn);
  const std::string authorization = GetToken(kAnn).value.authorization();
  ASSERT_EQ(sandbox().CallApi(authorization), 200);
  v1::RevokeRequest request;
  request.set_grant(grant.id());
  ASSERT_TRUE(api().Revoke(request).ok());
  EXPECT_TRUE(
      Eventually([&] { return sandbox().CallApi(authorization) == 401; }));
}

TEST_F(MainJob, RevokingTwiceCountsNothing) {
  const v1::Grant grant = Consent(kAnn);
  v1::RevokeRequest request;
  request.set_grant(grant.id());
  ASSERT_TRUE(api().Revoke(request).ok());
  const auto again = api().Revoke(request);
  EXPECT_TRUE(again.ok()) << again.outcome;
  EXPECT_EQ(again.value.revoked_grants_size(), 0);
  EXPECT_EQ(CountEvents("grant.revoked"), 1);
}

TEST_F(MainJob, RevokeTakesAUserAClientBothOrAToken) {
  Consent(kAnn);
  v1::RevokeRequest by_user;
  by_user.set_user(kAnn);
  EXPECT_EQ(api().Revoke(by_user).value.revoked_grants_size(), 1);
  Consent(kAnn);
  v1::RevokeRequest by_client;
  by_client.set_client(kClient);
  EXPECT_EQ(api().Revoke(by_client).value.revoked_grants_size(), 1);
  Consent(kAnn);
  v1::RevokeRequest by_both;
  by_both.mutable_user_and_client()->set_user(kAnn);
  by_both.mutable_user_and_client()->set_client(kClient);
  EXPECT_EQ(api().Revoke(by_both).value.revoked_grants_size(), 1);
  Consent(kAnn);
  v1::RevokeRequest by_token;
  by_token.set_token(GetToken(kAnn).value.access_token());
  EXPECT_EQ(api().Revoke(by_token).value.revoked_grants_size(), 1);
}

TEST_F(MainJob, UserWithoutGrantMustConsent) {
  const auto reply = GetToken(kAnn);
  EXPECT_EQ(reply.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(reply.outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(reply.outcome.metadata.at("why"), "NO_GRANT");
}

TEST_F(MainJob, ScopesBeyondTheGrantNeedConsent) {
  Consent(kAnn);
  const auto reply = GetToken(kAnn, {kRead, kChats});
  EXPECT_EQ(reply.outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(reply.outcome.metadata.at("why"), "SCOPES_NOT_GRANTED");
}

TEST_F(MainJob, GrantThatCoversTheScopesIsPicked) {
  const v1::Grant channels = Consent(kAnn, {kAll});
  const v1::Grant chats = Consent(kAnn, {kChats});
  EXPECT_EQ(GetToken(kAnn, {kRead}).value.grant(), channels.id());
  EXPECT_EQ(GetToken(kAnn, {kChats}).value.grant(), chats.id());
}

}  // namespace
}  // namespace bursar::journey

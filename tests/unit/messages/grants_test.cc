#include "server/messages/grants.h"

#include <gmock/gmock.h>

#include <utility>

namespace bursar {
namespace {

using ::testing::ElementsAre;

const absl::Time kStored = absl::FromUnixSeconds(1'700'000'000);

Grant SomeGrant() {
  Grant grant;
  grant.id = GrantId("grant-1");
  grant.user = UserId("ada");
  grant.client = ClientName("calendar");
  grant.scopes = Scopes({"b", "a"});
  grant.created = kStored;
  grant.updated = kStored;
  return grant;
}

RefreshTokenRecord SomeRecord() {
  RefreshTokenRecord record;
  record.created = kStored;
  return record;
}

TEST(GrantMessagesTest, AnActiveGrantHasNothingOfADeadOne) {
  const v1::Grant proto = ToProto(SomeGrant());
  EXPECT_EQ(proto.state(), v1::Grant::ACTIVE);
  EXPECT_THAT(proto.scopes(), ElementsAre("a", "b"));
  EXPECT_EQ(proto.dead_reason(), v1::Grant::DEAD_REASON_UNSPECIFIED);
  EXPECT_FALSE(proto.has_access_token_expire_time());
  EXPECT_FALSE(proto.has_retry_time());
  EXPECT_EQ(proto.superseded_by(), "");
}

TEST(GrantMessagesTest, ADeadGrantSaysWhy) {
  const std::pair<DeadReason, v1::Grant::DeadReason> kAll[] = {
      {DeadReason::kRefusedByProvider, v1::Grant::REFUSED_BY_PROVIDER},
      {DeadReason::kOutcomeLost, v1::Grant::OUTCOME_LOST},
      {DeadReason::kEvicted, v1::Grant::EVICTED}};
  for (const auto& [core, wire] : kAll) {
    Grant grant = SomeGrant();
    grant.state = GrantState::kConsentRequired;
    grant.dead_reason = core;
    EXPECT_EQ(ToProto(grant).state(), v1::Grant::CONSENT_REQUIRED);
    EXPECT_EQ(ToProto(grant).dead_reason(), wire);
  }
}

TEST(GrantMessagesTest, ASupersededGrantNamesItsSuccessor) {
  Grant grant = SomeGrant();
  grant.state = GrantState::kSuperseded;
  grant.superseded_by = GrantId("grant-2");
  EXPECT_EQ(ToProto(grant).state(), v1::Grant::SUPERSEDED);
  EXPECT_EQ(ToProto(grant).superseded_by(), "grant-2");
}

TEST(GrantMessagesTest, APausedGrantSaysUntilWhen) {
  Grant grant = SomeGrant();
  grant.pause = {kStored + absl::Seconds(30), Reason::kProviderTimedOut};
  EXPECT_EQ(ToProto(grant).retry_time().seconds(), 1'700'000'030);
}

TEST(GrantMessagesTest, EachStateOfARefreshTokenHasItsName) {
  const std::pair<RefreshTokenState, v1::RefreshToken::State> kAll[] = {
      {RefreshTokenState::kActive, v1::RefreshToken::ACTIVE},
      {RefreshTokenState::kRotated, v1::RefreshToken::ROTATED},
      {RefreshTokenState::kRevoked, v1::RefreshToken::REVOKED},
      {RefreshTokenState::kEvicted, v1::RefreshToken::EVICTED},
      {RefreshTokenState::kDead, v1::RefreshToken::DEAD}};
  for (const auto& [core, wire] : kAll) {
    RefreshTokenRecord record = SomeRecord();
    record.state = core;
    EXPECT_EQ(ToProto(record).state(), wire);
  }
}

TEST(GrantMessagesTest, EachStateOfARevocationHasItsName) {
  const std::pair<RevocationState, v1::RefreshToken::Revocation> kAll[] = {
      {RevocationState::kNone, v1::RefreshToken::REVOCATION_UNSPECIFIED},
      {RevocationState::kPending, v1::RefreshToken::PENDING},
      {RevocationState::kConfirmed, v1::RefreshToken::CONFIRMED},
      {RevocationState::kUnknownToProvider,
       v1::RefreshToken::UNKNOWN_TO_PROVIDER},
      {RevocationState::kRefused, v1::RefreshToken::REFUSED}};
  for (const auto& [core, wire] : kAll) {
    RefreshTokenRecord record = SomeRecord();
    record.revocation = core;
    EXPECT_EQ(ToProto(record).revocation(), wire);
  }
}

}  // namespace
}  // namespace bursar

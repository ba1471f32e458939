#include "server/rpc/convert.h"

#include <gmock/gmock.h>

namespace bursar {
namespace {

using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixNanos(1'700'000'000'123'456'789);

Grant SomeGrant() {
  Grant grant;
  grant.id = GrantId("grant-1");
  grant.user = UserId("ada");
  grant.client = ClientName("calendar");
  grant.scopes = Scopes({"b", "a"});
  grant.created = kNow;
  grant.updated = kNow;
  return grant;
}

RefreshTokenRecord SomeRecord() {
  RefreshTokenRecord record;
  record.created = kNow;
  return record;
}

TEST(ConvertTest, ATimeKeepsItsNanoseconds) {
  EXPECT_EQ(ToProto(kNow).seconds(), 1'700'000'000);
  EXPECT_EQ(ToProto(kNow).nanos(), 123'456'789);
}

TEST(ConvertTest, ATimeBefore1970HasNanosecondsThatCountForwards) {
  const auto proto = ToProto(absl::UnixEpoch() - absl::Milliseconds(250));
  EXPECT_EQ(proto.seconds(), -1);
  EXPECT_EQ(proto.nanos(), 750'000'000);
}

TEST(ConvertTest, ADurationKeepsItsNanoseconds) {
  const auto proto = ToProto(absl::Milliseconds(1500));
  EXPECT_EQ(proto.seconds(), 1);
  EXPECT_EQ(proto.nanos(), 500'000'000);
}

TEST(ConvertTest, AnActiveGrantHasNothingOfADeadOne) {
  const v1::Grant proto = ToProto(SomeGrant());
  EXPECT_EQ(proto.state(), v1::Grant::ACTIVE);
  EXPECT_THAT(proto.scopes(), ElementsAre("a", "b"));
  EXPECT_EQ(proto.dead_reason(), v1::Grant::DEAD_REASON_UNSPECIFIED);
  EXPECT_FALSE(proto.has_access_token_expire_time());
  EXPECT_FALSE(proto.has_retry_time());
  EXPECT_EQ(proto.superseded_by(), "");
}

TEST(ConvertTest, ADeadGrantSaysWhy) {
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

TEST(ConvertTest, ASupersededGrantNamesItsSuccessor) {
  Grant grant = SomeGrant();
  grant.state = GrantState::kSuperseded;
  grant.superseded_by = GrantId("grant-2");
  EXPECT_EQ(ToProto(grant).state(), v1::Grant::SUPERSEDED);
  EXPECT_EQ(ToProto(grant).superseded_by(), "grant-2");
}

TEST(ConvertTest, APausedGrantSaysUntilWhen) {
  Grant grant = SomeGrant();
  grant.pause = {kNow + absl::Seconds(30), Reason::kProviderTimedOut};
  EXPECT_EQ(ToProto(grant).retry_time().seconds(), 1'700'000'030);
}

TEST(ConvertTest, EachStateOfARefreshTokenHasItsName) {
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

TEST(ConvertTest, EachStateOfARevocationHasItsName) {
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

TEST(ConvertTest, AMisconfiguredClientSaysWhatTheProviderRejected) {
  Client client;
  client.misconfigured[DataCenter("us")] = {"SECRET", kNow};
  EXPECT_EQ(ToProto(client).misconfigured_error(), "SECRET");
  EXPECT_EQ(ToProto(client).misconfigured_time().nanos(), 123'456'789);
  EXPECT_EQ(ToProto(client).misconfigured_data_center(), "us");
}

TEST(ConvertTest, OfSeveralRejectionsTheLastIsTold) {
  Client client;
  client.misconfigured[DataCenter("eu")] = {"SCOPE", kNow - absl::Minutes(1)};
  client.misconfigured[DataCenter("in")] = {"SECRET", kNow};
  client.misconfigured[DataCenter("us")] = {"CLIENT", kNow - absl::Hours(1)};
  EXPECT_EQ(ToProto(client).misconfigured_error(), "SECRET");
  EXPECT_EQ(ToProto(client).misconfigured_data_center(), "in");
}

TEST(ConvertTest, AnEtagChangesWithTheRevision) {
  EXPECT_NE(EtagOf(1), EtagOf(2));
}

}  // namespace
}  // namespace bursar

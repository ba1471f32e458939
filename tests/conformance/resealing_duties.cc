#include "tests/conformance/resealing_duties.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST_P(ResealingDuties, WhatIsSealedIsCountedUnderItsKey) {
  AddOneOfEach();
  const std::string old_key = KeysInUse().at(0);
  const std::string new_key = AddKey();
  AddGrant("g3");
  for (const int64_t limit : {1, 3, 1000}) {
    const SealedCounts counts = CountAll(limit);
    EXPECT_EQ(counts.size(), 2u);
    EXPECT_EQ(counts.at(old_key), kSealed);
    EXPECT_EQ(counts.at(new_key), 2);
  }
}

TEST_P(ResealingDuties, EveryKindOfSecretGetsUnderThePrimaryKey) {
  AddOneOfEach();
  const std::string new_key = AddKey();
  EXPECT_EQ(ResealAll(1000).resealed, kSealed);
  EXPECT_THAT(KeysInUse(), ElementsAre(new_key));
  EXPECT_THAT(CountAll(1000), ElementsAre(Pair(new_key, kSealed)));
}

TEST_P(ResealingDuties, WithTheOldKeyGoneAllThatWasSealedAnewOpens) {
  AddOneOfEach();
  AddKey();
  ResealAll(1000);
  ForgetOldKeys();
  Reopen();
  ExpectAllOpens();
}

TEST_P(ResealingDuties, ShortStretchesComeToTheSameEnd) {
  AddOneOfEach();
  const std::string new_key = AddKey();
  EXPECT_EQ(ResealAll(1).resealed, kSealed);
  EXPECT_THAT(KeysInUse(), ElementsAre(new_key));
}

TEST_P(ResealingDuties, AWalkThatWasCutOffFindsTheRest) {
  AddOneOfEach();
  AddKey();
  const auto stretch =
      Write([](Ledger& ledger) { return ledger.resealing().Reseal({}, 3); });
  ASSERT_TRUE(stretch.ok()) << stretch.status();
  EXPECT_EQ(stretch->resealed, 3);
  Reopen();
  EXPECT_EQ(ResealAll(1000).resealed, kSealed - 3);
}

TEST_P(ResealingDuties, WhatIsUnderThePrimaryKeyStaysAsItIs) {
  AddOneOfEach();
  EXPECT_EQ(ResealAll(1000).resealed, 0);
  AddKey();
  ResealAll(1000);
  EXPECT_EQ(ResealAll(1000).resealed, 0);
}

TEST_P(ResealingDuties, WhatDoesNotOpenStaysAndHoldsNothingUp) {
  AddOneOfEach();
  const std::string lost_key = KeysInUse().at(0);
  AddKey();
  ForgetOldKeys();
  AddGrant("g3");
  const std::string new_key = AddKey();
  for (const int64_t limit : {1, 1000}) {
    const ResealedStretch all = ResealAll(limit);
    EXPECT_THAT(all.unopened, ElementsAre(Pair(lost_key, kSealed)));
    EXPECT_EQ(all.resealed, limit == 1 ? 2 : 0);
  }
  EXPECT_THAT(KeysInUse(), testing::UnorderedElementsAre(lost_key, new_key));
}

TEST_P(ResealingDuties, ANoteLivesUntilItsEnd) {
  AddOneOfEach();
  AddKey();
  const auto begin = [&] {
    return Write([&](Ledger& l) { return l.resealing().Begin(now_); });
  };
  const auto begun = [&] {
    return *Read([](Ledger& l) { return l.resealing().Begun(); });
  };
  EXPECT_FALSE(begun());
  EXPECT_TRUE(*begin());
  const absl::Time first = now_;
  now_ += absl::Minutes(1);
  EXPECT_FALSE(*begin());
  ResealAll(1000);
  Reopen();
  ASSERT_TRUE(begun());
  EXPECT_EQ(begun()->begun, first);
  EXPECT_EQ(begun()->resealed, kSealed);
  ASSERT_TRUE(Write([](Ledger& l) { return l.resealing().End(); }).ok());
  EXPECT_FALSE(begun());
}

TEST_P(ResealingDuties, ALostKeyKeepsNoOtherRevocationBack) {
  AddOneOfEach();
  AddKey();
  AddGrant("g3");
  ASSERT_TRUE(Revoke(GrantId("g3")).ok());
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.client_secrets().Replace(kCrm, DataCenter("eu"),
                                                  Secret::Copy("new"), now_);
              }).ok());
  ForgetOldKeys();
  const auto due = Due(now_);
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].grant, GrantId("g1"));
  EXPECT_FALSE(due[0].unreadable.ok());
  EXPECT_EQ(due[1].grant, GrantId("g3"));
  EXPECT_TRUE(due[1].unreadable.ok()) << due[1].unreadable;
  EXPECT_EQ(due[1].refresh_token.Expose(), "refresh-g3");
}

TEST_P(ResealingDuties, ALostKeyKeepsNoOtherDeviceBack) {
  AddOneOfEach();
  ForgetOldKeys();
  AddKey();
  ForgetOldKeys();
  const auto pending =
      Read([](Ledger& l) { return l.device_consents().Pending(10); });
  ASSERT_TRUE(pending.ok()) << pending.status();
  ASSERT_EQ(pending->size(), 1u);
  EXPECT_FALSE(pending->at(0).unreadable.ok());
}

}  // namespace

void ResealingDuties::AddOneOfEach() {
  AddClient("crm", Secret::Copy("shared"));
  AddGrant("g1");
  AddGrant("g2");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  PendingDeviceConsent device;
  device.consent.id = DeviceConsentId("device-1");
  device.consent.user = UserId("ada");
  device.consent.client = kCrm;
  device.consent.expiry = now_ + absl::Minutes(5);
  device.device_code = Secret::Copy("device-code");
  device.interval = absl::Seconds(5);
  device.next_poll = now_;
  const absl::Status added = Write([&](Ledger& l) {
    const auto own = l.client_secrets().Replace(kCrm, DataCenter("eu"),
                                                Secret::Copy("own"), now_);
    if (!own.ok()) return own.status();
    const absl::Status put =
        l.consents().Put(AConsent("the-state", now_ + absl::Minutes(5)), now_);
    return put.ok() ? l.device_consents().Put(device, now_) : put;
  });
  ASSERT_TRUE(added.ok()) << added;
}

void ResealingDuties::ExpectAllOpens() {
  EXPECT_EQ(NewestToken("g2")->value().value.Expose(), "access-g2");
  const auto lease = Begin("g2", 1);
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(lease->refresh_token->Expose(), "refresh-g2");
  EXPECT_EQ(lease->client_secret->Expose(), "own");
  const auto due = Due(now_);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].refresh_token.Expose(), "refresh-g1");
  const auto shared = Read([&](Ledger& l) {
    return l.client_secrets().Get(kCrm, DataCenter("us"));
  });
  ASSERT_TRUE(shared.ok()) << shared.status();
  EXPECT_EQ((*shared)->Expose(), "shared");
  const auto taken = Write([&](Ledger& l) {
    return l.consents().Take(Secret::Copy("the-state"), now_);
  });
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->consent.verifier.Expose(), "verifier");
  const auto devices =
      Read([](Ledger& l) { return l.device_consents().Pending(10); });
  ASSERT_TRUE(devices.ok()) << devices.status();
  EXPECT_EQ(devices->at(0).device_code.Expose(), "device-code");
}

std::vector<std::string> ResealingDuties::KeysInUse() {
  auto keys = Read([](Ledger& l) { return l.resealing().KeysInUse(); });
  EXPECT_TRUE(keys.ok()) << keys.status();
  return *std::move(keys);
}

SealedCounts ResealingDuties::CountAll(int64_t limit) {
  SealedCounts all;
  std::optional<SealedPosition> at = SealedPosition();
  while (at) {
    const auto stretch =
        Read([&](Ledger& l) { return l.resealing().Count(*at, limit); });
    EXPECT_TRUE(stretch.ok()) << stretch.status();
    int64_t counted = 0;
    for (const auto& [key, count] : stretch->counts) {
      all[key] += count;
      counted += count;
    }
    EXPECT_LE(counted, limit);
    at = stretch->next;
  }
  return all;
}

ResealedStretch ResealingDuties::ResealAll(int64_t limit) {
  ResealedStretch all;
  std::optional<SealedPosition> at = SealedPosition();
  while (at) {
    const auto stretch =
        Write([&](Ledger& l) { return l.resealing().Reseal(*at, limit); });
    EXPECT_TRUE(stretch.ok()) << stretch.status();
    EXPECT_LE(stretch->resealed, limit);
    all.resealed += stretch->resealed;
    for (const auto& [key, count] : stretch->unopened) {
      all.unopened[key] += count;
    }
    at = stretch->next;
  }
  return all;
}

}  // namespace bursar

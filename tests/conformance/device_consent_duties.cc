#include "tests/conformance/device_consent_duties.h"

namespace bursar {
namespace {

using testing::IsEmpty;

TEST_P(DeviceConsentDuties, APendingOneIsKeptWithAllThatWasPut) {
  AddClient("crm");
  ASSERT_TRUE(Put("d1").ok());
  const auto pending = Pending();
  ASSERT_EQ(pending.size(), 1u);
  const PendingDeviceConsent& found = pending[0];
  EXPECT_EQ(found.device_code.Expose(), "code-of-d1");
  EXPECT_EQ(found.interval, absl::Seconds(5));
  EXPECT_EQ(found.next_poll, now_);
  EXPECT_EQ(found.consent.id, DeviceConsentId("d1"));
  EXPECT_EQ(found.consent.user, UserId("ada"));
  EXPECT_EQ(found.consent.client, ClientName("crm"));
  EXPECT_EQ(found.consent.data_center, DataCenter("us"));
  EXPECT_EQ(found.consent.scopes, Scopes({"a.READ"}));
  EXPECT_EQ(found.consent.actor, Actor("shop"));
  EXPECT_EQ(found.consent.expiry, now_ + absl::Minutes(5));
  EXPECT_EQ(found.consent.state, DeviceConsentState::kPending);
}

TEST_P(DeviceConsentDuties, TheSoonestPollComesFirst) {
  AddClient("crm");
  ASSERT_TRUE(Put("later", absl::Seconds(2)).ok());
  ASSERT_TRUE(Put("sooner", absl::Seconds(1)).ok());
  const auto pending = Pending(1);
  ASSERT_EQ(pending.size(), 1u);
  EXPECT_EQ(pending[0].consent.id, DeviceConsentId("sooner"));
}

TEST_P(DeviceConsentDuties, ARescheduledOneIsPolledLaterAndElsewhere) {
  AddClient("crm");
  ASSERT_TRUE(Put("d1").ok());
  PendingDeviceConsent changed = std::move(Pending()[0]);
  changed.consent.data_center = DataCenter("eu");
  changed.interval = absl::Seconds(10);
  changed.next_poll = now_ + absl::Seconds(10);
  ASSERT_TRUE(Reschedule(changed, now_));
  const PendingDeviceConsent found = std::move(Pending()[0]);
  EXPECT_EQ(found.consent.data_center, DataCenter("eu"));
  EXPECT_EQ(found.interval, absl::Seconds(10));
  EXPECT_EQ(found.next_poll, changed.next_poll);
}

TEST_P(DeviceConsentDuties, OneThatWasRescheduledMeanwhileStaysAsItIs) {
  AddClient("crm");
  ASSERT_TRUE(Put("d1").ok());
  PendingDeviceConsent changed = std::move(Pending()[0]);
  changed.next_poll = now_ + absl::Seconds(10);
  ASSERT_TRUE(Reschedule(changed, now_));
  changed.interval = absl::Seconds(20);
  EXPECT_FALSE(Reschedule(changed, now_));
  EXPECT_EQ(Pending()[0].interval, absl::Seconds(5));
}

TEST_P(DeviceConsentDuties, AnEndedOneIsRememberedAndNoLongerPolled) {
  AddClient("crm");
  for (const char* id : {"granted", "failed"}) ASSERT_TRUE(Put(id).ok());
  ASSERT_TRUE(End("granted", {DeviceConsentState::kGranted, std::nullopt,
                              GrantId("grant-1")})
                  .ok());
  ASSERT_TRUE(
      End("failed", {DeviceConsentState::kFailed, Reason::kNoRefreshToken})
          .ok());
  EXPECT_THAT(Pending(), IsEmpty());
  EXPECT_EQ(Find("granted")->state, DeviceConsentState::kGranted);
  EXPECT_EQ(Find("granted")->grant, GrantId("grant-1"));
  EXPECT_EQ(Find("failed")->state, DeviceConsentState::kFailed);
  EXPECT_EQ(Find("failed")->reason, Reason::kNoRefreshToken);
}

TEST_P(DeviceConsentDuties, WhatHasEndedIsNeitherRescheduledNorEndedAgain) {
  AddClient("crm");
  ASSERT_TRUE(Put("d1").ok());
  const PendingDeviceConsent pending = std::move(Pending()[0]);
  ASSERT_TRUE(End("d1", {DeviceConsentState::kDeclined}).ok());
  EXPECT_FALSE(Reschedule(pending, now_));
  const auto ended = End("d1", {DeviceConsentState::kExpired});
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_FALSE(*ended);
  EXPECT_EQ(Find("d1")->state, DeviceConsentState::kDeclined);
}

TEST_P(DeviceConsentDuties, OneThatIsUnknownOrLongEndedIsNotFound) {
  AddClient("crm");
  EXPECT_TRUE(absl::IsNotFound(Find("d1").status()));
  ASSERT_TRUE(Put("d1").ok());
  ASSERT_TRUE(End("d1", {DeviceConsentState::kExpired}).ok());
  now_ += absl::Hours(23);
  ASSERT_TRUE(Put("d2").ok());
  EXPECT_TRUE(Find("d1").ok());
  now_ += absl::Hours(2);
  ASSERT_TRUE(Put("d3").ok());
  EXPECT_TRUE(absl::IsNotFound(Find("d1").status()));
  EXPECT_TRUE(Find("d2").ok());
}

TEST_P(DeviceConsentDuties, ToAnUnknownClientIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(Put("d1")));
}

TEST_P(DeviceConsentDuties, ADeletedClientsAreForgotten) {
  AddClient("crm");
  ASSERT_TRUE(Put("d1").ok());
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.clients().Delete(ClientName("crm"), now_);
              }).ok());
  EXPECT_THAT(Pending(), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(Find("d1").status()));
}

}  // namespace
}  // namespace bursar

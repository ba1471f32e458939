// A device's consent from its beginning to its grant, and every way it ends
// otherwise.

#include "server/core/device_consents.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::Duration kInterval = absl::Seconds(5);

class DeviceConsentsTest : public testing::Test {
 protected:
  Awaited<absl::StatusOr<DeviceConsents::Begun>> Ask(
      DeviceConsents::BeginRequest request) {
    Awaited<absl::StatusOr<DeviceConsents::Begun>> begun;
    stack_.device_consents.Begin(std::move(request), stack_.clock.Now(),
                                 begun.Done());
    return begun;
  }

  Awaited<absl::StatusOr<DeviceConsents::Begun>> Ask(
      std::vector<std::string> scopes = {"read"}) {
    return Ask({UserId("user"), ClientName("client"), Scopes(std::move(scopes)),
                Actor("tester")});
  }

  DeviceAuthorization Authorization() const {
    DeviceAuthorization device;
    device.device_code = Secret::Copy("device-code");
    device.user_code = Secret::Copy("USER-CODE");
    device.verification_uri = "https://provider.test/device";
    device.expiry = stack_.clock.Now() + absl::Minutes(5);
    device.interval = kInterval;
    return device;
  }

  DeviceConsentId Begun() {
    auto asked = Ask();
    EXPECT_TRUE(stack_.upstream.AnswerDeviceBegin(Authorization()));
    auto begun = asked.Get();
    EXPECT_TRUE(begun.ok()) << begun.status();
    return begun->id;
  }

  void PassAndAnswer(absl::Duration duration, DevicePollResult result) {
    stack_.Pass(duration);
    EXPECT_TRUE(stack_.upstream.AnswerDevicePoll(std::move(result)));
    stack_.Settle();
  }

  DeviceConsent Find(const DeviceConsentId& id) {
    DeviceConsent consent;
    const absl::Status status = stack_.Write([&](Ledger& ledger) {
      auto found = ledger.device_consents().Get(id);
      if (found.ok()) consent = *found;
      return found.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return consent;
  }

  std::vector<std::string> Kinds() {
    std::vector<std::string> kinds;
    for (const Event& event : stack_.Events()) kinds.push_back(event.kind);
    return kinds;
  }

  std::size_t Polls() {
    std::size_t polls = 0;
    for (const auto& call : stack_.upstream.calls()) {
      if (call.what == "poll") ++polls;
    }
    return polls;
  }

  CoreStack stack_;
};

TEST_F(DeviceConsentsTest, TheUserIsShownWhatTheProviderSays) {
  auto asked = Ask();
  ASSERT_TRUE(stack_.upstream.AnswerDeviceBegin(Authorization()));
  const auto begun = asked.Get();
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(begun->user_code.Expose(), "USER-CODE");
  EXPECT_EQ(begun->verification_uri, "https://provider.test/device");
  EXPECT_EQ(begun->expiry, stack_.clock.Now() + absl::Minutes(5));
  EXPECT_EQ(Find(begun->id).state, DeviceConsentState::kPending);
  EXPECT_THAT(Kinds(), ElementsAre("consent.begun"));
}

TEST_F(DeviceConsentsTest, AConsentIsAGrant) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, RedeemResult(stack_.Grants("0", true)));
  const DeviceConsent consent = Find(id);
  EXPECT_EQ(consent.state, DeviceConsentState::kGranted);
  ASSERT_TRUE(consent.grant);
  const Grant grant = stack_.Read(*consent.grant);
  EXPECT_EQ(grant.state, GrantState::kActive);
  EXPECT_EQ(grant.user, UserId("user"));
  EXPECT_EQ(grant.scopes, Scopes({"read"}));
  EXPECT_THAT(Kinds(), ElementsAre("consent.begun", "grant.created"));
  EXPECT_TRUE(stack_.own_users.Has(Actor("tester"), "user", "client"));
}

TEST_F(DeviceConsentsTest, ANewGrantSupersedesWhatItCovers) {
  const Grant old = stack_.Consented("old");
  Begun();
  PassAndAnswer(kInterval, RedeemResult(stack_.Grants("new", true)));
  EXPECT_EQ(stack_.Read(old.id).state, GrantState::kSuperseded);
}

TEST_F(DeviceConsentsTest, TheProviderIsNotAskedBeforeTheInterval) {
  Begun();
  stack_.Pass(kInterval - absl::Seconds(1));
  EXPECT_EQ(Polls(), 0u);
  PassAndAnswer(absl::Seconds(1), DevicePending{});
  stack_.Pass(kInterval - absl::Seconds(1));
  EXPECT_EQ(Polls(), 1u);
  stack_.Pass(absl::Seconds(1));
  EXPECT_EQ(Polls(), 2u);
}

TEST_F(DeviceConsentsTest, APollIsNotRepeatedWhileItIsUnderWay) {
  Begun();
  stack_.Pass(3 * kInterval);
  EXPECT_EQ(Polls(), 1u);
}

TEST_F(DeviceConsentsTest, SlowDownAddsFiveSecondsForGood) {
  Begun();
  PassAndAnswer(kInterval, DeviceSlowDown{});
  stack_.Pass(kInterval + absl::Seconds(4));
  EXPECT_EQ(Polls(), 1u);
  PassAndAnswer(absl::Seconds(1), DevicePending{});
  stack_.Pass(kInterval + absl::Seconds(4));
  EXPECT_EQ(Polls(), 2u);
  stack_.Pass(absl::Seconds(1));
  EXPECT_EQ(Polls(), 3u);
}

TEST_F(DeviceConsentsTest, AfterSlowDownTheDescriptorsIntervalIsTheLeast) {
  Provider slow = CoreStack::TestProvider();
  slow.device->slow_interval = absl::Seconds(30);
  stack_.providers.Replace(std::move(slow));
  Begun();
  PassAndAnswer(kInterval, DeviceSlowDown{});
  stack_.Pass(absl::Seconds(29));
  EXPECT_EQ(Polls(), 1u);
  stack_.Pass(absl::Seconds(1));
  EXPECT_EQ(Polls(), 2u);
}

TEST_F(DeviceConsentsTest, AProviderInTroubleIsAskedHalfAsOften) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval,
                RedeemResult(Transient{Trouble::kTimedOut, std::nullopt}));
  stack_.Pass(2 * kInterval - absl::Seconds(1));
  EXPECT_EQ(Polls(), 1u);
  stack_.Pass(absl::Seconds(1));
  EXPECT_EQ(Polls(), 2u);
  EXPECT_EQ(Find(id).state, DeviceConsentState::kPending);
}

TEST_F(DeviceConsentsTest, AThrottledPollWaitsAsLongAsItSays) {
  Begun();
  PassAndAnswer(kInterval, RedeemResult(Throttled{absl::Minutes(1)}));
  stack_.Pass(absl::Seconds(59));
  EXPECT_EQ(Polls(), 1u);
  stack_.Pass(absl::Seconds(1));
  EXPECT_EQ(Polls(), 2u);
}

TEST_F(DeviceConsentsTest, TheUsersOwnDataCenterIsAskedAndIsTheGrants) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, DeviceElsewhere{DataCenter("eu")});
  PassAndAnswer(kInterval, RedeemResult(stack_.Grants("0", true)));
  EXPECT_EQ(stack_.upstream.calls().back().data_center, "eu");
  EXPECT_EQ(stack_.Read(*Find(id).grant).data_center, DataCenter("eu"));
}

TEST_F(DeviceConsentsTest, OneWhoseKeyIsLostFailsWithThatReason) {
  const DeviceConsentId id = Begun();
  stack_.ledger.AddKey();
  stack_.ledger.ForgetOldKeys();
  stack_.Pass(kInterval);
  stack_.Settle();
  EXPECT_EQ(Find(id).state, DeviceConsentState::kFailed);
  EXPECT_EQ(Find(id).reason, Reason::kKeyUnavailable);
}

TEST_F(DeviceConsentsTest, AUserMayDecline) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, DeviceDeclined{});
  EXPECT_EQ(Find(id).state, DeviceConsentState::kDeclined);
  EXPECT_THAT(Kinds(), ElementsAre("consent.begun", "consent.declined"));
  stack_.Pass(2 * kInterval);
  EXPECT_EQ(Polls(), 1u);
}

TEST_F(DeviceConsentsTest, TheProviderMaySayThatItExpired) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, DeviceExpired{});
  EXPECT_EQ(Find(id).state, DeviceConsentState::kExpired);
  EXPECT_EQ(stack_.Events().back().outcome, "EXPIRED");
}

TEST_F(DeviceConsentsTest, AfterItsTimeItExpiresWithoutAskingTheProvider) {
  const DeviceConsentId id = Begun();
  stack_.clock.Advance(absl::Minutes(5));
  stack_.Pass(absl::Seconds(1));
  EXPECT_EQ(Find(id).state, DeviceConsentState::kExpired);
  EXPECT_EQ(Polls(), 0u);
}

TEST_F(DeviceConsentsTest, ARefusedCodeFailsWithTheReason) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, RedeemResult(Dead{}));
  EXPECT_EQ(Find(id).state, DeviceConsentState::kFailed);
  EXPECT_EQ(Find(id).reason, Reason::kCodeRefused);
  EXPECT_THAT(Kinds(), ElementsAre("consent.begun", "consent.failed"));
}

TEST_F(DeviceConsentsTest, WithoutARefreshTokenThereIsNoGrant) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, RedeemResult(stack_.Grants("0", false)));
  EXPECT_EQ(Find(id).reason, Reason::kNoRefreshToken);
}

TEST_F(DeviceConsentsTest, ARestartGoesOnAndDoesNotAskEarly) {
  const DeviceConsentId id = Begun();
  PassAndAnswer(kInterval, DevicePending{});
  ManualExecutor executor;
  DeviceConsents restarted(stack_.journal, stack_.upstream, stack_.providers,
                           stack_.revocation, stack_.cache, stack_.own_users,
                           executor, stack_.clock, stack_.random);
  restarted.Pump();
  stack_.Settle();
  EXPECT_EQ(Polls(), 1u);
  stack_.clock.Advance(kInterval);
  executor.Advance(kInterval);
  ASSERT_TRUE(
      stack_.upstream.AnswerDevicePoll(RedeemResult(stack_.Grants("0", true))));
  stack_.Settle();
  EXPECT_EQ(Find(id).state, DeviceConsentState::kGranted);
}

TEST_F(DeviceConsentsTest, APollThatACrashCutShortIsNotRepeatedEarly) {
  Begun();
  stack_.Pass(kInterval);
  ASSERT_EQ(Polls(), 1u);
  ManualExecutor executor;
  DeviceConsents restarted(stack_.journal, stack_.upstream, stack_.providers,
                           stack_.revocation, stack_.cache, stack_.own_users,
                           executor, stack_.clock, stack_.random);
  restarted.Pump();
  stack_.Settle();
  EXPECT_EQ(Polls(), 1u);
}

TEST_F(DeviceConsentsTest, WhatTheLedgerDoesNotTakeIsNoGrant) {
  const DeviceConsentId id = Begun();
  stack_.Pass(kInterval);
  stack_.FailNextWrite();
  ASSERT_TRUE(
      stack_.upstream.AnswerDevicePoll(RedeemResult(stack_.Grants("0", true))));
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  stack_.Settle();
  EXPECT_EQ(Find(id).state, DeviceConsentState::kFailed);
  EXPECT_EQ(Find(id).reason, Reason::kLedgerUnavailable);
}

TEST_F(DeviceConsentsTest, AProviderWithoutADeviceFlowIsNotAsked) {
  Provider plain = CoreStack::TestProvider();
  plain.device.reset();
  stack_.providers.Replace(std::move(plain));
  EXPECT_EQ(ReasonOf(Ask().Get().status()), Reason::kFieldInvalid);
  EXPECT_THAT(stack_.upstream.calls(), IsEmpty());
}

TEST_F(DeviceConsentsTest, AnUnknownClientIsNotFound) {
  EXPECT_EQ(ReasonOf(Ask({UserId("user"), ClientName("nobody"), Scopes(),
                          Actor("tester")})
                         .Get()
                         .status()),
            Reason::kResourceNotFound);
}

TEST_F(DeviceConsentsTest, ARefusalToBeginIsTold) {
  auto asked = Ask();
  ASSERT_TRUE(
      stack_.upstream.AnswerDeviceBegin(RedeemResult(Misconfigured{"CLIENT"})));
  EXPECT_EQ(ReasonOf(asked.Get().status()), Reason::kClientMisconfigured);
}

TEST_F(DeviceConsentsTest, ACapThatRefusesIsKeptBeforeTheProviderIsAsked) {
  Provider capped = CoreStack::TestProvider();
  capped.limits = {{Counted::kRefreshTokens,
                    CountedPer::kUserAndClient,
                    1,
                    {},
                    PastLimit::kEvicts}};
  stack_.providers.Replace(std::move(capped));
  const Grant old = stack_.Consented();
  EXPECT_EQ(ReasonOf(Ask({UserId("user"), ClientName("client"),
                          Scopes({"read"}), Actor("tester"), AtCap::kRefuse})
                         .Get()
                         .status()),
            Reason::kProviderLimitReached);
  auto asked = Ask();
  ASSERT_TRUE(stack_.upstream.AnswerDeviceBegin(Authorization()));
  EXPECT_THAT(asked.Get()->evicts, ElementsAre(old.id));
}

TEST_F(DeviceConsentsTest, AGrantCountsAgainstTheWindowOfRefreshTokens) {
  Provider limited = CoreStack::TestProvider();
  limited.limits = {{Counted::kRefreshTokens, CountedPer::kUserAndClient, 1,
                     absl::Hours(1), PastLimit::kRefuses}};
  stack_.providers.Replace(std::move(limited));
  Begun();
  PassAndAnswer(kInterval, RedeemResult(stack_.Grants("0", true)));
  EXPECT_EQ(ReasonOf(Ask().Get().status()), Reason::kProviderLimitReached);
}

TEST_F(DeviceConsentsTest, OfADeletedClientNothingIsAskedAnyMore) {
  Begun();
  ASSERT_TRUE(stack_
                  .Write([&](Ledger& ledger) {
                    return ledger.clients().Delete(ClientName("client"),
                                                   stack_.clock.Now());
                  })
                  .ok());
  stack_.Pass(2 * kInterval);
  EXPECT_EQ(Polls(), 0u);
}

}  // namespace
}  // namespace bursar

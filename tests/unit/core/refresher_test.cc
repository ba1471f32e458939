// One refresh in flight, noted before it is sent, committed before it is seen.

#include "server/core/refresher.h"

#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::SizeIs;

class RefresherTest : public testing::Test {
 protected:
  // A grant whose access token has expired.
  Grant Expired() {
    Grant grant = stack_.Consented();
    stack_.clock.Advance(absl::Hours(2));
    return grant;
  }

  // Asks for a token of the expired grant while the provider answers `result`.
  TokenSource::Answer AskDuring(RedeemResult result) {
    auto answer = stack_.Ask();
    EXPECT_TRUE(stack_.upstream.Answer(std::move(result)));
    return answer.Get();
  }

  // One call was the consent's.
  std::size_t refreshes() { return stack_.provider_calls() - 1; }

  CoreStack stack_;
};

TEST_F(RefresherTest, AnExpiredTokenIsRefreshed) {
  const Grant grant = Expired();
  const auto token = AskDuring(stack_.Grants("1"));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->generation, 2);
  EXPECT_EQ((*token)->authorization.Expose(), "Bearer access-1");
  EXPECT_EQ((*token)->grant, grant.id);
}

TEST_F(RefresherTest, AllWhoAskAtOnceShareOneRefresh) {
  Expired();
  std::vector<Awaited<TokenSource::Answer>> answers;
  for (int i = 0; i < 100; ++i) answers.push_back(stack_.Ask());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  for (auto& answer : answers) {
    const auto token = answer.Get();
    ASSERT_TRUE(token.ok()) << token.status();
    EXPECT_EQ((*token)->token.value.Expose(), "access-1");
  }
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(RefresherTest, AGrantsRefreshDoesNotWaitForAnothers) {
  Expired();
  const Grant other = stack_.Consented("other", {"write"});
  stack_.clock.Advance(absl::Hours(2));
  auto first = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(3));
  auto second = stack_.Ask(std::nullopt, absl::Minutes(1), {"write"});
  ASSERT_TRUE(stack_.upstream.AwaitCalls(4));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("2")));
  EXPECT_TRUE(first.Get().ok());
  EXPECT_EQ((*second.Get())->grant, other.id);
}

TEST_F(RefresherTest, TheNoteIsDurableBeforeAnythingIsSent) {
  const Grant grant = Expired();
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  // A second beginning sees the first's note, as it would after a crash.
  bool noted = false;
  ASSERT_TRUE(stack_
                  .Write([&](Ledger& ledger) {
                    const auto lease = ledger.refreshes().Begin(
                        grant.id, grant.generation, stack_.clock.Now());
                    noted = lease.ok() && lease->outcome_unknown_before;
                    return absl::AbortedError("leave it as it was");
                  })
                  .code() == absl::StatusCode::kAborted);
  EXPECT_TRUE(noted);
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_TRUE(answer.Get().ok());
}

TEST_F(RefresherTest, ARotatedRefreshTokenTakesTheOldOnesPlace) {
  const Grant grant = Expired();
  ASSERT_TRUE(AskDuring(stack_.Grants("1", true)).ok());
  EXPECT_THAT(
      stack_.RefreshTokens(grant.id),
      ElementsAre(
          Field(&RefreshTokenRecord::state, RefreshTokenState::kRotated),
          Field(&RefreshTokenRecord::state, RefreshTokenState::kActive)));
  stack_.clock.Advance(absl::Hours(2));
  ASSERT_TRUE(AskDuring(stack_.Grants("2")).ok());
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-1");
}

TEST_F(RefresherTest, AnAnswerWithoutARefreshTokenKeepsTheOld) {
  const Grant grant = Expired();
  ASSERT_TRUE(AskDuring(stack_.Grants("1")).ok());
  EXPECT_THAT(stack_.RefreshTokens(grant.id), SizeIs(1));
  stack_.clock.Advance(absl::Hours(2));
  ASSERT_TRUE(AskDuring(stack_.Grants("2")).ok());
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-0");
}

TEST_F(RefresherTest, CallersWhoSawOneTokenRefusedShareOneNewOne) {
  const Grant grant = stack_.Consented();
  const FailedGeneration failed{grant.id, 1};
  std::vector<Awaited<TokenSource::Answer>> answers;
  for (int i = 0; i < 100; ++i) answers.push_back(stack_.Ask(failed));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  for (auto& answer : answers) EXPECT_EQ((*answer.Get())->generation, 2);
  EXPECT_EQ((*stack_.Ask(failed).Get())->generation, 2);
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(RefresherTest, AFailedTokenMayBeNamedByItsValue) {
  stack_.Consented();
  auto value = std::make_shared<const Secret>(Secret::Copy("access-0"));
  auto answer = stack_.Ask(value);
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_EQ((*answer.Get())->generation, 2);
  EXPECT_EQ((*stack_.Ask(value).Get())->generation, 2);
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(RefresherTest, ADeadGrantIsAskedAboutOnce) {
  const Grant grant = Expired();
  EXPECT_EQ(WhyOf(AskDuring(Dead{}).status()), "REFUSED_BY_PROVIDER");
  EXPECT_EQ(WhyOf(stack_.Ask().Get().status()), "REFUSED_BY_PROVIDER");
  EXPECT_EQ(refreshes(), 1);
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kConsentRequired);
}

TEST_F(RefresherTest, ATokenThatDiesAfterALostAnswerWasLostWithIt) {
  const Grant grant = Expired();
  EXPECT_EQ(
      ReasonOf(
          AskDuring(OutcomeUnknown{Trouble::kConnectionLost, {}}).status()),
      Reason::kProviderConnectionLost);
  stack_.clock.Advance(absl::Minutes(1));
  EXPECT_EQ(WhyOf(AskDuring(Dead{}).status()), "OUTCOME_LOST");
  EXPECT_EQ(stack_.Read(grant.id).dead_reason, DeadReason::kOutcomeLost);
}

TEST_F(RefresherTest, ALostAnswerThatLostNothingIsForgotten) {
  Expired();
  AskDuring(OutcomeUnknown{Trouble::kConnectionLost, {}})
      .status()
      .IgnoreError();
  stack_.clock.Advance(absl::Minutes(1));
  ASSERT_TRUE(AskDuring(stack_.Grants("1")).ok());
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(WhyOf(AskDuring(Dead{}).status()), "REFUSED_BY_PROVIDER");
}

TEST_F(RefresherTest, AFailureIsAnsweredWithTheTokenThatStillLives) {
  stack_.Consented();
  stack_.clock.Advance(absl::Minutes(58));
  auto answer = stack_.Ask(std::nullopt, absl::Minutes(5));
  ASSERT_TRUE(stack_.upstream.Answer(Transient{Trouble::kServerError, {}}));
  EXPECT_EQ((*answer.Get())->generation, 1);
}

TEST_F(RefresherTest, AFailureDoesNotBringARefusedTokenBack) {
  const Grant grant = stack_.Consented();
  auto answer = stack_.Ask(FailedGeneration{grant.id, 1});
  ASSERT_TRUE(stack_.upstream.Answer(Transient{Trouble::kServerError, {}}));
  EXPECT_EQ(ReasonOf(answer.Get().status()), Reason::kProviderError);
}

TEST_F(RefresherTest, AFailureIsFollowedByAPause) {
  Expired();
  AskDuring(Transient{Trouble::kUnreachable, {}}).status().IgnoreError();
  const auto during = stack_.Ask().Get();
  EXPECT_EQ(ReasonOf(during.status()), Reason::kProviderUnreachable);
  EXPECT_EQ(RefusalOf(during.status())->retry_after, absl::Seconds(1));
  EXPECT_EQ(refreshes(), 1);
  stack_.clock.Advance(absl::Seconds(1));
  EXPECT_TRUE(AskDuring(stack_.Grants("1")).ok());
}

TEST_F(RefresherTest, AThrottleKeepsEveryoneFromTheProvider) {
  Expired();
  AskDuring(Throttled{absl::Minutes(5)}).status().IgnoreError();
  stack_.clock.Advance(absl::Minutes(4));
  EXPECT_EQ(ReasonOf(stack_.Ask().Get().status()), Reason::kProviderThrottled);
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(RefresherTest, ATokenExpiredOnArrivalIsNotServedAndItsRotationKept) {
  const Grant grant = Expired();
  Granted expired = stack_.Grants("1", true);
  expired.access_token.expiry = expired.access_token.obtained;
  EXPECT_EQ(ReasonOf(AskDuring(std::move(expired)).status()),
            Reason::kProviderExpiryInvalid);
  EXPECT_EQ(ReasonOf(stack_.Ask().Get().status()),
            Reason::kProviderExpiryInvalid);
  stack_.clock.Advance(absl::Seconds(1));
  ASSERT_TRUE(AskDuring(stack_.Grants("2")).ok());
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-1");
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kActive);
}

TEST_F(RefresherTest, ARejectedClientStopsItsRefreshesAndNotTheGrant) {
  const Grant grant = Expired();
  EXPECT_EQ(ReasonOf(AskDuring(Misconfigured{"SECRET"}).status()),
            Reason::kClientMisconfigured);
  EXPECT_EQ(ReasonOf(stack_.Ask().Get().status()),
            Reason::kClientMisconfigured);
  EXPECT_EQ(refreshes(), 1);
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kActive);
}

TEST_F(RefresherTest, AReplacedSecretIsTriedAtOnce) {
  Expired();
  AskDuring(Misconfigured{"SECRET"}).status().IgnoreError();
  ASSERT_TRUE(stack_
                  .Write([&](Ledger& ledger) {
                    return ledger.client_secrets()
                        .Replace(ClientName("client"), DataCenter(),
                                 Secret::Copy("new"), stack_.clock.Now())
                        .status();
                  })
                  .ok());
  EXPECT_TRUE(AskDuring(stack_.Grants("1")).ok());
  EXPECT_EQ(stack_.upstream.calls().back().client_secret, "new");
}

TEST_F(RefresherTest, ARejectionOfASecretReplacedMeanwhileIsNoRejection) {
  Expired();
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  ASSERT_TRUE(stack_
                  .Write([&](Ledger& ledger) {
                    return ledger.client_secrets()
                        .Replace(ClientName("client"), DataCenter(),
                                 Secret::Copy("new"), stack_.clock.Now())
                        .status();
                  })
                  .ok());
  ASSERT_TRUE(stack_.upstream.Answer(Misconfigured{"SECRET"}));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_TRUE(answer.Get().ok());
}

TEST_F(RefresherTest, AMinimumLifeThatTheProviderNeverGivesIsRefused) {
  Expired();
  auto answer = stack_.Ask(std::nullopt, absl::Hours(2));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_EQ(ReasonOf(answer.Get().status()), Reason::kMinTtlUnattainable);
  EXPECT_EQ(ReasonOf(stack_.Ask(std::nullopt, absl::Hours(2)).Get().status()),
            Reason::kMinTtlUnattainable);
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(RefresherTest, AFlightThatMetALesserNeedIsFollowedByAnother) {
  const Grant grant = stack_.Consented();
  stack_.clock.Advance(absl::Minutes(30));
  std::promise<void> both_joined;
  stack_.journal.Write(
      [&](Ledger&) {
        both_joined.get_future().wait();
        return absl::OkStatus();
      },
      [](const absl::Status&) {});
  Awaited<TokenSource::Answer> lesser;
  Awaited<TokenSource::Answer> greater;
  stack_.refresher.Refresh(grant.id, {absl::Minutes(5), {}}, Actor("tester"),
                           lesser.Done());
  stack_.refresher.Refresh(grant.id, {absl::Minutes(45), {}}, Actor("tester"),
                           greater.Done());
  both_joined.set_value();
  EXPECT_EQ((*lesser.Get())->generation, 1);
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  EXPECT_EQ((*greater.Get())->generation, 2);
}

TEST_F(RefresherTest, NobodySeesATokenThatTheLedgerDidNotTake) {
  const Grant grant = Expired();
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  stack_.FailNextWrite();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  EXPECT_EQ(ReasonOf(answer.Get().status()), Reason::kLedgerUnavailable);
  EXPECT_EQ(stack_.Read(grant.id).generation, 1);
}

TEST_F(RefresherTest, ARotatedTokenThatTheLedgerDidNotTakeIsOfferedAgain) {
  Expired();
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  stack_.FailNextWrite();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  ASSERT_FALSE(answer.Get().ok());
  auto later = stack_.Ask();
  ASSERT_TRUE(stack_.executor.AwaitTask());
  stack_.executor.Advance(absl::Seconds(1));
  const auto token = later.Get();
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->token.value.Expose(), "access-1");
  EXPECT_EQ(refreshes(), 1);
}

TEST_F(RefresherTest, WithoutALedgerNothingIsSent) {
  Expired();
  stack_.FailNextWrite();
  EXPECT_EQ(ReasonOf(stack_.Ask().Get().status()), Reason::kLedgerUnavailable);
  EXPECT_EQ(refreshes(), 0);
}

TEST_F(RefresherTest, AGrantRevokedWhileTheProviderAnswersStaysRevoked) {
  const Grant grant = Expired();
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  EXPECT_EQ(WhyOf(answer.Get().status()), "REVOKED");
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kRevoked);
}

TEST_F(RefresherTest, ATokenRotatedForARevokedGrantIsRevokedAtTheProviderToo) {
  const Grant grant = Expired();
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  ASSERT_FALSE(answer.Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_EQ(stack_.upstream.calls().back().what, "revoke");
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-1");
}

TEST_F(RefresherTest, EveryRefreshIsRecordedWithItsOutcome) {
  Expired();
  AskDuring(Transient{Trouble::kServerError, {}}).status().IgnoreError();
  stack_.clock.Advance(absl::Seconds(1));
  ASSERT_TRUE(AskDuring(stack_.Grants("1")).ok());
  const std::vector<Event> events = stack_.Events();
  ASSERT_GE(events.size(), 2);
  const Event& failed = events[events.size() - 2];
  EXPECT_EQ(failed.kind, "refresh.failed");
  EXPECT_EQ(failed.outcome, "PROVIDER_ERROR");
  EXPECT_EQ(failed.actor, Actor("tester"));
  EXPECT_EQ(events.back().kind, "token.refreshed");
  EXPECT_EQ(events.back().outcome, "ok");
  EXPECT_EQ(events.back().generation, 2);
}

// For the thread sanitizer: callers, provider and revocation on threads of
// their own.
TEST_F(RefresherTest, CallersOnManyThreadsAllGetAnAnswer) {
  const Grant grant = Expired();
  std::vector<std::thread> callers;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        stack_.Ask(FailedGeneration{grant.id, 1}).Get().status().IgnoreError();
        ++answered;
      }
    });
  }
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(answered, 160);
  EXPECT_EQ(refreshes(), 1);
}

}  // namespace
}  // namespace bursar

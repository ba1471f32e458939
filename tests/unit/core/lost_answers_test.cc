// What is repeated without anybody asking, when, and when no more.

#include "server/core/lost_answers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(30);

class LostAnswersTest : public testing::Test {
 protected:
  LostAnswersTest() { ProviderWith(true, kGrace); }

  void ProviderWith(bool may_rotate, absl::Duration grace) {
    Provider provider = CoreStack::TestProvider();
    provider.may_rotate = may_rotate;
    provider.rotation_grace = grace;
    stack_.providers.Replace(std::move(provider));
  }

  // A grant whose token the API refused, and whose refresh was not answered;
  // the token lives on.
  Grant Lost() {
    Grant grant = stack_.Consented();
    auto answer = stack_.Ask(FailedGeneration{grant.id, 1});
    EXPECT_TRUE(
        stack_.upstream.Answer(OutcomeUnknown{Trouble::kConnectionLost, {}}));
    EXPECT_FALSE(answer.Get().ok());
    stack_.Settle();
    return grant;
  }

  // The same, by a process that is gone.
  Grant Left() {
    Grant grant = stack_.Consented();
    for (int i = 0; i < 2; ++i) {
      EXPECT_TRUE(stack_
                      .Write([&](Ledger& ledger) {
                        return ledger.refreshes()
                            .Begin(grant.id, 1, stack_.clock.Now())
                            .status();
                      })
                      .ok());
    }
    return grant;
  }

  void Answer(RedeemResult result) {
    EXPECT_TRUE(stack_.upstream.Answer(std::move(result)));
    stack_.Settle();
  }

  // One call was the consent's.
  std::size_t refreshes() { return stack_.provider_calls() - 1; }

  CoreStack stack_;
};

TEST_F(LostAnswersTest, ALostAnswerIsAskedForAgainWithNobodyAsking) {
  const Grant grant = Lost();
  stack_.Pass(absl::Seconds(2));
  ASSERT_EQ(refreshes(), 2u);
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-0");
  Answer(stack_.Grants("1", true));
  EXPECT_EQ(stack_.Read(grant.id).generation, 2);
  const auto token = stack_.Ask(FailedGeneration{grant.id, 1}).Get();
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->token.value.Expose(), "access-1");
  EXPECT_EQ(refreshes(), 2u);
}

TEST_F(LostAnswersTest, TheBrokerItselfIsTheActor) {
  Lost();
  EXPECT_EQ(stack_.Events().back().actor, Actor("tester"));
  stack_.Pass(absl::Seconds(2));
  Answer(stack_.Grants("1", true));
  EXPECT_EQ(stack_.Events().back().kind, "token.refreshed");
  EXPECT_EQ(stack_.Events().back().actor, Actor("bursard"));
}

TEST_F(LostAnswersTest, OnceAnsweredItIsOver) {
  Lost();
  stack_.Pass(absl::Seconds(2));
  Answer(stack_.Grants("1", true));
  stack_.Pass(kGrace);
  EXPECT_EQ(refreshes(), 2u);
}

TEST_F(LostAnswersTest, WhatAnEarlierProcessLeftIsAskedForAtStart) {
  const Grant grant = Left();
  stack_.refresher.RepeatUnanswered();
  Answer(stack_.Grants("1", true));
  EXPECT_EQ(stack_.Read(grant.id).generation, 2);
}

TEST_F(LostAnswersTest, TriesAreFartherAndFartherApart) {
  Lost();
  // The end of a pause is seen within a second.
  for (const int pause : {1, 2, 4, 8}) {
    const std::size_t before = refreshes();
    stack_.Pass(absl::Seconds(pause - 1));
    ASSERT_EQ(refreshes(), before);
    stack_.Pass(absl::Seconds(2));
    ASSERT_EQ(refreshes(), before + 1);
    Answer(OutcomeUnknown{Trouble::kTimedOut, {}});
  }
}

TEST_F(LostAnswersTest, NobodyIsAskedAfterTheGrace) {
  Lost();
  stack_.clock.Advance(kGrace);
  stack_.Pass(absl::Minutes(2));
  EXPECT_EQ(refreshes(), 1u);
  // Whoever asks next finds out.
  auto answer = stack_.Ask(std::nullopt, absl::Hours(1));
  Answer(Dead{});
  EXPECT_EQ(WhyOf(answer.Get().status()), "OUTCOME_LOST");
}

TEST_F(LostAnswersTest, TheGraceIsNotBegunAnewByATry) {
  Lost();
  stack_.clock.Advance(kGrace - absl::Seconds(2));
  stack_.Pass(absl::Seconds(1));
  ASSERT_EQ(refreshes(), 2u);
  Answer(OutcomeUnknown{Trouble::kTimedOut, {}});
  stack_.Pass(2 * kGrace);
  EXPECT_EQ(refreshes(), 2u);
}

TEST_F(LostAnswersTest, WithoutAGraceNobodyIsAsked) {
  ProviderWith(true, absl::ZeroDuration());
  Lost();
  stack_.Pass(absl::Minutes(1));
  EXPECT_EQ(refreshes(), 1u);
}

TEST_F(LostAnswersTest, WhereNothingRotatesNobodyIsAsked) {
  ProviderWith(false, kGrace);
  Left();
  stack_.refresher.RepeatUnanswered();
  stack_.Pass(absl::Minutes(1));
  EXPECT_EQ(refreshes(), 0u);
}

TEST_F(LostAnswersTest, AFailureThatChangedNothingIsNotRepeated) {
  const Grant grant = stack_.Consented();
  auto answer = stack_.Ask(FailedGeneration{grant.id, 1});
  Answer(Transient{Trouble::kUnreachable, {}});
  ASSERT_FALSE(answer.Get().ok());
  stack_.Pass(kGrace);
  EXPECT_EQ(refreshes(), 1u);
}

TEST_F(LostAnswersTest, ARepetitionThatIsUnderWayIsNotBegunAgain) {
  Lost();
  stack_.Pass(absl::Seconds(10));
  EXPECT_EQ(refreshes(), 2u);
  Answer(stack_.Grants("1", true));
}

TEST_F(LostAnswersTest, WhoAsksMeanwhileSharesTheRepetition) {
  const Grant grant = Lost();
  stack_.Pass(absl::Seconds(2));
  auto asked = stack_.Ask(FailedGeneration{grant.id, 1});
  stack_.Settle();
  Answer(stack_.Grants("1", true));
  EXPECT_TRUE(asked.Get().ok());
  EXPECT_EQ(refreshes(), 2u);
}

TEST_F(LostAnswersTest, ARejectedClientIsLeftInPeaceUntilItIsMended) {
  ProviderWith(true, absl::Minutes(4));
  Lost();
  stack_.Pass(absl::Seconds(2));
  Answer(Misconfigured{"SECRET"});
  stack_.Pass(absl::Minutes(1));
  ASSERT_EQ(refreshes(), 2u);
  ASSERT_TRUE(stack_
                  .Write([&](Ledger& ledger) {
                    return ledger.client_secrets()
                        .Replace(ClientName("client"), DataCenter(),
                                 Secret::Copy("mended"), stack_.clock.Now())
                        .status();
                  })
                  .ok());
  stack_.Pass(absl::Seconds(2));
  ASSERT_EQ(refreshes(), 3u);
  EXPECT_EQ(stack_.upstream.calls().back().client_secret, "mended");
}

TEST_F(LostAnswersTest, ARevokedGrantIsNotAskedFor) {
  const Grant grant = Lost();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  stack_.Pass(kGrace);
  // The consent, the refresh that was lost, the revocation.
  EXPECT_EQ(stack_.provider_calls(), 3u);
}

}  // namespace
}  // namespace bursar

// Dead here first, durably; then at the provider, until it confirms.

#include "server/core/revocation.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class RevocationTest : public testing::Test {
 protected:
  RevocationState StateOf(const Grant& grant) {
    return stack_.RefreshTokens(grant.id).back().revocation;
  }

  // Waits until the ledger holds `state` for the grant's refresh token.
  bool Await(const Grant& grant, RevocationState state) {
    const absl::Time limit = SystemClock().Now() + absl::Seconds(10);
    while (StateOf(grant) != state) {
      if (SystemClock().Now() > limit) return false;
    }
    return true;
  }

  CoreStack stack_;
};

TEST_F(RevocationTest, AGrantIsDeadBeforeTheProviderHasAnswered) {
  const Grant grant = stack_.Consented();
  EXPECT_THAT(*stack_.Revoke(grant.id).Get(), ElementsAre(grant.id));
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kRevoked);
  EXPECT_EQ(StateOf(grant), RevocationState::kPending);
}

TEST_F(RevocationTest, TheProviderIsToldTheRefreshToken) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-0");
  EXPECT_TRUE(Await(grant, RevocationState::kConfirmed));
}

TEST_F(RevocationTest, ATokenThatTheProviderDoesNotKnowIsAsGoodAsRevoked) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(
      stack_.upstream.AnswerRevocation(RevokeResult::kUnknownToProvider));
  EXPECT_TRUE(Await(grant, RevocationState::kUnknownToProvider));
}

TEST_F(RevocationTest, ARefusedRevocationIsNotTriedAgain) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kRefused));
  ASSERT_TRUE(Await(grant, RevocationState::kRefused));
  const std::size_t calls = stack_.provider_calls();
  stack_.clock.Advance(absl::Hours(24));
  stack_.executor.Advance(absl::Hours(24));
  EXPECT_EQ(stack_.provider_calls(), calls);
}

TEST_F(RevocationTest, WhatALostKeySealedWaitsAndKeepsNothingElseBack) {
  const Grant lost = stack_.Consented("0");
  stack_.ledger.AddKey();
  ASSERT_TRUE(stack_
                  .Write([this](Ledger& ledger) {
                    return ledger.client_secrets()
                        .Replace(ClientName("client"), DataCenter(),
                                 Secret::Copy("newer"), stack_.clock.Now())
                        .status();
                  })
                  .ok());
  const Grant other = stack_.Consented("1", {"write"});
  stack_.ledger.ForgetOldKeys();
  ASSERT_TRUE(stack_.Revoke(UserId("user")).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-1");
  EXPECT_TRUE(Await(other, RevocationState::kConfirmed));
  EXPECT_EQ(StateOf(lost), RevocationState::kPending);
}

TEST_F(RevocationTest, AnUnansweredRevocationIsTriedUntilItIsConfirmed) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  for (int attempt = 0; attempt < 5; ++attempt) {
    ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kTryAgain));
    ASSERT_TRUE(stack_.executor.AwaitTask());
    stack_.clock.Advance(absl::Hours(1));
    stack_.executor.Advance(absl::Hours(1));
  }
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_TRUE(Await(grant, RevocationState::kConfirmed));
}

TEST_F(RevocationTest, ARetryDoesNotWaitForTheNextAttemptsTime) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kTryAgain));
  ASSERT_TRUE(stack_.executor.AwaitTask());
  Awaited<absl::StatusOr<int64_t>> retried;
  stack_.revocation.Retry({grant.id, std::nullopt}, stack_.clock.Now(),
                          retried.Done());
  EXPECT_EQ(*retried.Get(), 1);
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_TRUE(Await(grant, RevocationState::kConfirmed));
}

TEST_F(RevocationTest, WhatIsPendingIsCounted) {
  const auto counts = [this](int64_t count) {
    const absl::Time limit = SystemClock().Now() + absl::Seconds(10);
    while (stack_.revocation.pending() != count) {
      if (SystemClock().Now() > limit) return false;
    }
    return true;
  };
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  EXPECT_TRUE(counts(1));
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  EXPECT_TRUE(counts(0));
}

TEST_F(RevocationTest, ARetryOfWhatIsDueAlreadyHastensNothing) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  Awaited<absl::StatusOr<int64_t>> retried;
  stack_.revocation.Retry({}, stack_.clock.Now(), retried.Done());
  EXPECT_EQ(*retried.Get(), 0);
}

TEST_F(RevocationTest, RevokingTwiceEndsNothingTheSecondTime) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  EXPECT_THAT(*stack_.Revoke(grant.id).Get(), IsEmpty());
}

TEST_F(RevocationTest, ByUserAndClientEndsAllOfTheirGrants) {
  const Grant reading = stack_.Consented("r", {"read"});
  const Grant writing = stack_.Consented("w", {"write"});
  EXPECT_THAT(
      *stack_.Revoke(std::pair(UserId("user"), ClientName("client"))).Get(),
      UnorderedElementsAre(reading.id, writing.id));
}

TEST_F(RevocationTest, ByUserEndsTheirGrants) {
  const Grant grant = stack_.Consented();
  EXPECT_THAT(*stack_.Revoke(UserId("user")).Get(), ElementsAre(grant.id));
}

TEST_F(RevocationTest, ByClientEndsItsGrants) {
  const Grant grant = stack_.Consented();
  EXPECT_THAT(*stack_.Revoke(ClientName("client")).Get(),
              ElementsAre(grant.id));
}

TEST_F(RevocationTest, AnotherUsersGrantsLiveOn) {
  const Grant grant = stack_.Consented();
  EXPECT_THAT(*stack_.Revoke(UserId("somebody-else")).Get(), IsEmpty());
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kActive);
}

TEST_F(RevocationTest, ByAnAccessTokensValueEndsItsGrant) {
  const Grant grant = stack_.Consented();
  EXPECT_THAT(
      *stack_.Revoke(std::make_shared<const Secret>(Secret::Copy("access-0")))
           .Get(),
      ElementsAre(grant.id));
}

TEST_F(RevocationTest, ByARefreshTokensValueEndsItsGrant) {
  const Grant grant = stack_.Consented();
  EXPECT_THAT(
      *stack_.Revoke(std::make_shared<const Secret>(Secret::Copy("refresh-0")))
           .Get(),
      ElementsAre(grant.id));
}

TEST_F(RevocationTest, WhatIsNotKnownIsNotFound) {
  EXPECT_EQ(ReasonOf(stack_.Revoke(GrantId("g")).Get().status()),
            Reason::kResourceNotFound);
  EXPECT_EQ(ReasonOf(stack_.Revoke(ClientName("c")).Get().status()),
            Reason::kResourceNotFound);
  EXPECT_EQ(
      ReasonOf(stack_.Revoke(std::make_shared<const Secret>(Secret::Copy("x")))
                   .Get()
                   .status()),
      Reason::kResourceNotFound);
}

TEST_F(RevocationTest, ADeadGrantCanBeRevokedToo) {
  const Grant grant = stack_.Consented();
  stack_.clock.Advance(absl::Hours(2));
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.Answer(Dead{}));
  ASSERT_FALSE(answer.Get().ok());
  EXPECT_THAT(*stack_.Revoke(grant.id).Get(), ElementsAre(grant.id));
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kRevoked);
}

TEST_F(RevocationTest, TheEndAndItsConfirmationAreRecorded) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  EXPECT_EQ(stack_.Events().back().kind, "grant.revoked");
  ASSERT_TRUE(stack_.upstream.AnswerRevocation(RevokeResult::kConfirmed));
  ASSERT_TRUE(Await(grant, RevocationState::kConfirmed));
  EXPECT_EQ(stack_.Events().back().kind, "revocation.confirmed");
}

}  // namespace
}  // namespace bursar

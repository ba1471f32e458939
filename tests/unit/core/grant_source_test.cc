// Which grant answers a request, and what is said when none does.

#include "server/core/grant_source.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

class GrantSourceTest : public testing::Test {
 protected:
  absl::Status Refused(std::vector<std::string> scopes) {
    return stack_.Ask(std::nullopt, absl::Minutes(1), std::move(scopes))
        .Get()
        .status();
  }

  CoreStack stack_;
};

TEST_F(GrantSourceTest, PicksTheGrantThatCoversTheScopes) {
  const Grant reading = stack_.Consented("r", {"read"});
  const Grant writing = stack_.Consented("w", {"write"});
  EXPECT_EQ(
      (*stack_.Ask(std::nullopt, absl::Minutes(1), {"read"}).Get())->grant,
      reading.id);
  EXPECT_EQ(
      (*stack_.Ask(std::nullopt, absl::Minutes(1), {"write"}).Get())->grant,
      writing.id);
}

TEST_F(GrantSourceTest, WithoutScopesTheNewestGrantAnswers) {
  stack_.Consented("r", {"read"});
  stack_.clock.Advance(absl::Seconds(1));
  const Grant writing = stack_.Consented("w", {"write"});
  EXPECT_EQ((*stack_.Ask(std::nullopt, absl::Minutes(1), {}).Get())->grant,
            writing.id);
}

TEST_F(GrantSourceTest, ALivingTokenInTheLedgerCostsNoCall) {
  stack_.Consented();
  const std::size_t calls = stack_.provider_calls();
  const auto token = stack_.Ask().Get();
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->token.value.Expose(), "access-0");
  EXPECT_EQ(stack_.provider_calls(), calls);
}

TEST_F(GrantSourceTest, ATokenWithoutScopesOfItsOwnHasTheGrants) {
  stack_.Consented("0", {"read", "write"});
  EXPECT_EQ((*stack_.Ask().Get())->token.scopes, Scopes({"read", "write"}));
}

TEST_F(GrantSourceTest, WithoutAnyGrantConsentIsRequired) {
  EXPECT_EQ(WhyOf(Refused({"read"})), "NO_GRANT");
}

TEST_F(GrantSourceTest, ScopesThatNobodyGrantedNeedConsent) {
  stack_.Consented("0", {"read"});
  EXPECT_EQ(WhyOf(Refused({"read", "write"})), "SCOPES_NOT_GRANTED");
}

TEST_F(GrantSourceTest, ARevokedGrantNeedsConsentAndSaysWhy) {
  const Grant grant = stack_.Consented();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  EXPECT_EQ(WhyOf(Refused({"read"})), "REVOKED");
}

TEST_F(GrantSourceTest, AnUnknownClientIsNotFound) {
  Awaited<TokenSource::Answer> answer;
  stack_.source.Get({{UserId("user"), ClientName("nobody"), Scopes()},
                     absl::Minutes(1),
                     std::nullopt,
                     Actor("tester")},
                    stack_.clock.Now(), answer.Done());
  EXPECT_EQ(ReasonOf(answer.Get().status()), Reason::kResourceNotFound);
}

TEST_F(GrantSourceTest, AnothersGrantIsNotFound) {
  EXPECT_EQ(
      ReasonOf(stack_.Ask(FailedGeneration{GrantId("g"), 1}).Get().status()),
      Reason::kResourceNotFound);
}

TEST_F(GrantSourceTest, AFailedGenerationFromTheFutureIsInvalid) {
  const Grant grant = stack_.Consented();
  const auto status = stack_.Ask(FailedGeneration{grant.id, 7}).Get().status();
  EXPECT_EQ(RefusalOf(status)->field, "failed_generation");
}

TEST_F(GrantSourceTest, AFailedTokenThatWasNeverOursIsInvalid) {
  stack_.Consented();
  const auto status =
      stack_.Ask(std::make_shared<const Secret>(Secret::Copy("never issued")))
          .Get()
          .status();
  EXPECT_EQ(RefusalOf(status)->field, "failed_access_token");
}

TEST_F(GrantSourceTest, ARefreshTokenIsNoFailedAccessToken) {
  stack_.Consented();
  const auto status =
      stack_.Ask(std::make_shared<const Secret>(Secret::Copy("refresh-0")))
          .Get()
          .status();
  EXPECT_EQ(RefusalOf(status)->field, "failed_access_token");
}

TEST_F(GrantSourceTest, ASupersededGrantsCallerIsServedByItsSuccessor) {
  const Grant old = stack_.Consented("0");
  const Grant successor = stack_.Consented("1");
  EXPECT_EQ((*stack_.Ask(FailedGeneration{old.id, 1}).Get())->grant,
            successor.id);
}

}  // namespace
}  // namespace bursar

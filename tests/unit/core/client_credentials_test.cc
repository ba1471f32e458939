// Grants of the client's own: made without a user, renewed by its credentials.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ClientCredentialsTest : public testing::Test {
 protected:
  Awaited<absl::StatusOr<Grant>> Request(const std::string& organization = "",
                                         std::vector<std::string> scopes = {
                                             "read"}) {
    Awaited<absl::StatusOr<Grant>> requested;
    stack_.consent.RequestClientCredentials(
        {{UserId("user"), ClientName("client"), Scopes(std::move(scopes)),
          DataCenter(), Actor("tester")},
         organization},
        requested.Done());
    return requested;
  }

  absl::StatusOr<Grant> RequestDuring(RedeemResult result,
                                      const std::string& organization = "") {
    auto requested = Request(organization);
    EXPECT_TRUE(stack_.upstream.Answer(std::move(result)));
    return requested.Get();
  }

  Grant Granted0() {
    auto grant = RequestDuring(stack_.Grants("0"), "org.1");
    EXPECT_TRUE(grant.ok()) << grant.status();
    return *std::move(grant);
  }

  TokenSource::Answer AskDuring(RedeemResult result) {
    auto answer = stack_.Ask();
    EXPECT_TRUE(stack_.upstream.Answer(std::move(result)));
    return answer.Get();
  }

  // Replaces the provider by one that `change` made of it.
  template <typename F>
  void Change(F change) {
    Provider provider = CoreStack::TestProvider();
    change(provider);
    stack_.providers.Replace(std::move(provider));
  }

  CoreStack stack_;
};

TEST_F(ClientCredentialsTest, TheFirstTokenIsStoredAndServed) {
  const Grant grant = Granted0();
  EXPECT_EQ(grant.renewal, GrantRenewal::kClientCredentials);
  EXPECT_EQ(grant.organization, "org.1");
  EXPECT_EQ(grant.data_center, DataCenter("us"));
  EXPECT_EQ(grant.generation, 1);
  const auto calls = stack_.upstream.calls();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].what, "credentials");
  EXPECT_EQ(calls[0].token, "org.1");
  EXPECT_EQ(calls[0].client_secret, "client-secret");
  EXPECT_EQ(calls[0].scopes, Scopes({"read"}));
  EXPECT_EQ((*stack_.Ask().Get())->token.value.Expose(), "access-0");
  EXPECT_THAT(stack_.RefreshTokens(grant.id), IsEmpty());
  EXPECT_EQ(stack_.Events().back().kind, "grant.created");
  EXPECT_TRUE(stack_.own_users.Has(Actor("tester"), "user", "client"));
}

TEST_F(ClientCredentialsTest, WithoutScopesTheClientsDefaultsAreAskedFor) {
  auto requested = Request("", {});
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0")));
  EXPECT_EQ(requested.Get()->scopes, Scopes({"read"}));
}

TEST_F(ClientCredentialsTest, ItsNextTokenComesOfTheCredentialsAgain) {
  const Grant grant = Granted0();
  stack_.clock.Advance(absl::Hours(2));
  const auto token = AskDuring(stack_.Grants("1"));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->token.value.Expose(), "access-1");
  EXPECT_EQ((*token)->generation, 2);
  const auto call = stack_.upstream.calls().back();
  EXPECT_EQ(call.what, "credentials");
  EXPECT_EQ(call.token, "org.1");
  EXPECT_EQ(call.scopes, Scopes({"read"}));
}

TEST_F(ClientCredentialsTest, AllWhoAskAtOnceShareOneRequest) {
  Granted0();
  stack_.clock.Advance(absl::Hours(2));
  std::vector<Awaited<TokenSource::Answer>> answers;
  for (int i = 0; i < 10; ++i) answers.push_back(stack_.Ask());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  for (auto& answer : answers) EXPECT_TRUE(answer.Get().ok());
  EXPECT_EQ(stack_.provider_calls(), 2u);
}

TEST_F(ClientCredentialsTest, NoLimitOnRefreshTokensCountsIt) {
  Change([](Provider& provider) {
    for (const Counted counted :
         {Counted::kAccessTokens, Counted::kRedemptions}) {
      provider.limits.push_back({counted, CountedPer::kRefreshToken, 1,
                                 absl::Hours(24), PastLimit::kRefuses});
    }
    provider.limits.push_back({Counted::kRefreshTokens,
                               CountedPer::kUserAndClient, 1, absl::Hours(24),
                               PastLimit::kRefuses});
  });
  Granted0();
  for (const char* name : {"1", "2", "3"}) {
    stack_.clock.Advance(absl::Hours(2));
    EXPECT_TRUE(AskDuring(stack_.Grants(name)).ok()) << name;
  }
  EXPECT_TRUE(RequestDuring(stack_.Grants("4"), "org.1").ok());
}

TEST_F(ClientCredentialsTest, AnUnknownOutcomeLosesNothing) {
  const Grant grant = Granted0();
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(
      ReasonOf(AskDuring(OutcomeUnknown{Trouble::kTimedOut, {}}).status()),
      Reason::kProviderTimedOut);
  stack_.clock.Advance(absl::Minutes(1));
  EXPECT_TRUE(AskDuring(stack_.Grants("1")).ok());
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kActive);
}

TEST_F(ClientCredentialsTest, ARejectedSecretLeavesTheGrantAlone) {
  const Grant grant = Granted0();
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(ReasonOf(AskDuring(Misconfigured{"SECRET"}).status()),
            Reason::kClientMisconfigured);
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kActive);
}

TEST_F(ClientCredentialsTest, ASecondRequestSupersedesTheFirst) {
  const Grant first = Granted0();
  const auto second = RequestDuring(stack_.Grants("1"), "org.1");
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(stack_.Read(first.id).superseded_by, second->id);
  EXPECT_EQ((*stack_.Ask().Get())->token.value.Expose(), "access-1");
}

TEST_F(ClientCredentialsTest, AnotherOrganizationsGrantIsNotSuperseded) {
  const Grant first = Granted0();
  ASSERT_TRUE(RequestDuring(stack_.Grants("1"), "org.2").ok());
  EXPECT_EQ(stack_.Read(first.id).state, GrantState::kActive);
}

TEST_F(ClientCredentialsTest, AUsersConsentIsNotSuperseded) {
  const Grant consented = stack_.Consented();
  ASSERT_TRUE(RequestDuring(stack_.Grants("1")).ok());
  EXPECT_EQ(stack_.Read(consented.id).state, GrantState::kActive);
}

TEST_F(ClientCredentialsTest, RevokedItIsDeadAtOnceAndNothingIsSent) {
  const Grant grant = Granted0();
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  const absl::Status refusal = stack_.Ask().Get().status();
  EXPECT_EQ(WhyOf(refusal), "REVOKED");
  EXPECT_THAT(std::string(refusal.message()),
              HasSubstr("(Grants.RequestClientCredentials)"));
  EXPECT_EQ(stack_.provider_calls(), 1u);
}

TEST_F(ClientCredentialsTest, AMissingOrganizationIsNamedAndNothingIsStored) {
  const absl::Status refusal =
      RequestDuring(Misconfigured{"ORGANIZATION"}).status();
  const auto why = RefusalOf(refusal);
  ASSERT_TRUE(why) << refusal;
  EXPECT_EQ(why->reason, Reason::kFieldInvalid);
  EXPECT_EQ(why->field, "organization");
  EXPECT_EQ(WhyOf(stack_.Ask().Get().status()), "NO_GRANT");
}

TEST_F(ClientCredentialsTest, AProviderThatHasNoneRefusesBeforeItIsAsked) {
  Change([](Provider& provider) { provider.client_credentials.reset(); });
  const auto why = RefusalOf(Request().Get().status());
  ASSERT_TRUE(why);
  EXPECT_EQ(why->reason, Reason::kFieldInvalid);
  EXPECT_EQ(why->field, "client");
  EXPECT_EQ(stack_.provider_calls(), 0u);
}

TEST_F(ClientCredentialsTest, AnOrganizationWhereNoneIsTakenIsRefused) {
  Change([](Provider& provider) {
    provider.client_credentials = ClientCredentialsRule();
  });
  const auto why = RefusalOf(Request("org.1").Get().status());
  ASSERT_TRUE(why);
  EXPECT_EQ(why->field, "organization");
  EXPECT_EQ(stack_.provider_calls(), 0u);
}

TEST_F(ClientCredentialsTest, ALedgerThatTakesNothingLeavesNothingToRevoke) {
  auto requested = Request();
  ASSERT_TRUE(stack_.upstream.AwaitCalls(1));
  stack_.FailNextWrite();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0")));
  EXPECT_EQ(ReasonOf(requested.Get().status()), Reason::kLedgerUnavailable);
  EXPECT_EQ(stack_.provider_calls(), 1u);
}

}  // namespace
}  // namespace bursar

// Clients of response type token: what a grant is worth that nothing renews.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/fragment.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::HasSubstr;
using testing::Not;

class ImplicitTest : public testing::Test {
 protected:
  ImplicitTest() {
    Client client;
    client.name = ClientName("page");
    client.provider = ProviderName("provider");
    client.client_id = "page-id";
    client.default_scopes = Scopes({"read"});
    client.response_type = ResponseType::kToken;
    const absl::Status created = stack_.Write([&](Ledger& ledger) {
      return ledger.clients()
          .Create(client, std::nullopt, stack_.clock.Now())
          .status();
    });
    EXPECT_TRUE(created.ok()) << created;
  }

  Consent::Begun Begin(const std::string& client = "page") {
    Awaited<absl::StatusOr<Consent::Begun>> begun;
    stack_.consent.Begin(
        {UserId("user"), ClientName(client), Scopes(), Actor("tester")},
        stack_.clock.Now(), begun.Done());
    auto result = begun.Get();
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  absl::StatusOr<Grant> Complete(const Secret& state, const std::string& rest) {
    auto fragment =
        ParseFragment(absl::StrCat("state=", state.Expose(), "&", rest));
    EXPECT_TRUE(fragment);
    Awaited<absl::StatusOr<Grant>> completed;
    stack_.consent.Complete(std::move(fragment->redirect), stack_.clock.Now(),
                            completed.Done());
    return completed.Get();
  }

  Grant Consented(const std::string& token = "token-1") {
    auto grant = Complete(Begin().state, absl::StrCat("access_token=", token));
    EXPECT_TRUE(grant.ok()) << grant.status();
    return *std::move(grant);
  }

  TokenSource::Answer Ask(std::optional<FailedToken> failed = std::nullopt,
                          absl::Duration min_ttl = absl::Minutes(1)) {
    Awaited<TokenSource::Answer> answer;
    stack_.source.Get({{UserId("user"), ClientName("page"), Scopes({"read"})},
                       min_ttl,
                       std::move(failed),
                       Actor("tester")},
                      stack_.clock.Now(), answer.Done());
    return answer.Get();
  }

  CoreStack stack_;
};

TEST_F(ImplicitTest, AConsentSaysThatNothingWillRenewIt) {
  const Consent::Begun begun = Begin();
  EXPECT_FALSE(begun.renewable);
  EXPECT_THAT(begun.authorization_url, HasSubstr("response_type=token"));
  EXPECT_TRUE(Begin("client").renewable);
}

TEST_F(ImplicitTest, ThereIsNoVerifierForATokenThatIsNotRedeemed) {
  EXPECT_THAT(Begin().authorization_url, Not(HasSubstr("code_challenge")));
}

TEST_F(ImplicitTest, ATokenInTheFragmentIsAGrantAndServed) {
  const Grant grant = Consented();
  EXPECT_EQ(grant.renewal, GrantRenewal::kNone);
  EXPECT_EQ(grant.state, GrantState::kActive);
  EXPECT_EQ(grant.generation, 1);
  EXPECT_EQ(grant.scopes, Scopes({"read"}));
  const auto token = Ask();
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->token.value.Expose(), "token-1");
  EXPECT_EQ(stack_.provider_calls(), 0u);
}

TEST_F(ImplicitTest, ANewerConsentSupersedesAnOlderOne) {
  const Grant older = Consented("token-1");
  const Grant newer = Consented("token-2");
  EXPECT_EQ(stack_.Read(older.id).superseded_by, newer.id);
  EXPECT_EQ((*Ask())->token.value.Expose(), "token-2");
}

TEST_F(ImplicitTest, ItIsServedWhileItLivesHoweverShort) {
  Consented();
  stack_.clock.Advance(absl::Minutes(59) + absl::Seconds(30));
  const auto token = Ask();
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->token.value.Expose(), "token-1");
}

TEST_F(ImplicitTest, AMinTtlBeyondItsWholeLifeIsRefused) {
  const Grant grant = Consented();
  EXPECT_EQ(ReasonOf(Ask(std::nullopt, absl::Hours(2)).status()),
            Reason::kMinTtlUnattainable);
  EXPECT_EQ(stack_.Read(grant.id).state, GrantState::kActive);
}

TEST_F(ImplicitTest, ExpiredItEndsOnceAndSaysThatTheUserMustConsentAgain) {
  const Grant grant = Consented();
  stack_.clock.Advance(absl::Hours(1));
  const absl::Status refusal = Ask().status();
  EXPECT_EQ(WhyOf(refusal), "EXPIRED");
  EXPECT_THAT(std::string(refusal.message()),
              HasSubstr("brings no refresh token; the user must consent again "
                        "(Grants.BeginConsent)"));
  const Grant ended = stack_.Read(grant.id);
  EXPECT_EQ(ended.state, GrantState::kConsentRequired);
  EXPECT_EQ(ended.dead_reason, DeadReason::kExpired);
  EXPECT_EQ(WhyOf(Ask().status()), "EXPIRED");
  EXPECT_EQ(stack_.provider_calls(), 0u);
  EXPECT_EQ(stack_.Events().back().kind, "grant.dead");
  EXPECT_EQ(stack_.Events().back().outcome, "EXPIRED");
}

TEST_F(ImplicitTest, RefusedByTheApiItEndsAndIsServedToNobody) {
  const Grant grant = Consented();
  ASSERT_TRUE(Ask().ok());
  const absl::Status refusal = Ask(FailedGeneration{grant.id, 1}).status();
  EXPECT_EQ(WhyOf(refusal), "REFUSED_BY_PROVIDER");
  EXPECT_THAT(std::string(refusal.message()),
              HasSubstr("brings no refresh token"));
  EXPECT_EQ(stack_.Read(grant.id).dead_reason, DeadReason::kRefusedByProvider);
  // Nor from memory.
  EXPECT_EQ(WhyOf(Ask().status()), "REFUSED_BY_PROVIDER");
  EXPECT_EQ(stack_.provider_calls(), 0u);
}

TEST_F(ImplicitTest, RevokedItIsDeadAtOnceAndNothingIsSent) {
  const Grant grant = Consented();
  ASSERT_TRUE(Ask().ok());
  ASSERT_TRUE(stack_.Revoke(grant.id).Get().ok());
  EXPECT_EQ(WhyOf(Ask().status()), "REVOKED");
  EXPECT_EQ(stack_.provider_calls(), 0u);
}

TEST_F(ImplicitTest, ATokenForAConsentToACodeIsRefusedAndUsesUpNothing) {
  auto begun = Begin("client");
  EXPECT_EQ(WhyOf(Complete(begun.state, "access_token=planted").status()),
            "ANOTHER_FLOW");
  auto completed = stack_.CompleteConsent(std::move(begun.state));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  EXPECT_TRUE(completed.Get().ok());
}

TEST_F(ImplicitTest, ACodeForAConsentToATokenIsRefused) {
  EXPECT_EQ(WhyOf(stack_.CompleteConsent(Begin().state.Clone()).Get().status()),
            "ANOTHER_FLOW");
  EXPECT_EQ(stack_.provider_calls(), 0u);
}

TEST_F(ImplicitTest, AForgedAccountsServerIsRefused) {
  EXPECT_EQ(WhyOf(Complete(Begin().state,
                           "access_token=t&accounts-server=https%3A%2F%2Fevil")
                      .status()),
            "FORGED_ACCOUNTS_SERVER");
}

TEST_F(ImplicitTest, TheDataCenterIsWhereTheRedirectSays) {
  EXPECT_EQ(Complete(Begin().state,
                     "access_token=t&location=us&accounts-server="
                     "https%3A%2F%2Feu.provider.test")
                ->data_center,
            DataCenter("eu"));
  EXPECT_EQ(Complete(Begin().state, "access_token=t2&location=eu")->data_center,
            DataCenter("eu"));
  EXPECT_EQ(
      Complete(Begin().state, "access_token=t3&location=mars")->data_center,
      DataCenter("us"));
}

TEST_F(ImplicitTest, ATokenThatHasExpiredOnArrivalIsNoGrant) {
  EXPECT_EQ(
      ReasonOf(Complete(Begin().state, "access_token=t&expires_in=0").status()),
      Reason::kProviderExpiryInvalid);
  EXPECT_EQ(WhyOf(Ask().status()), "NO_GRANT");
}

}  // namespace
}  // namespace bursar

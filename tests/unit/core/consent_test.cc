// From a consent's beginning to its grant, and every way it ends otherwise.

#include "server/core/consent.h"

#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ConsentTest : public testing::Test {
 protected:
  Secret State() { return std::move(stack_.BeginConsent().Get()->state); }

  absl::Status CompleteAs(Secret state, const std::string& user,
                          const std::string& actor) {
    Awaited<absl::StatusOr<Grant>> completed;
    Redirect redirect;
    redirect.state = std::move(state);
    redirect.code = Secret::Copy("code");
    redirect.claimant = {UserId(user), Actor(actor)};
    redirect.actor = Actor(actor);
    stack_.consent.Complete(std::move(redirect), stack_.clock.Now(),
                            completed.Done());
    return completed.Get().status();
  }

  Awaited<absl::StatusOr<Grant>> CompleteVia(Secret state,
                                             const std::string& accounts) {
    Awaited<absl::StatusOr<Grant>> completed;
    Redirect redirect;
    redirect.state = std::move(state);
    redirect.code = Secret::Copy("code");
    redirect.accounts_server = accounts;
    redirect.actor = Actor("browser");
    stack_.consent.Complete(std::move(redirect), stack_.clock.Now(),
                            completed.Done());
    return completed;
  }

  absl::Status CompleteFrom(Secret state, const std::string& issuer) {
    Awaited<absl::StatusOr<Grant>> completed;
    Redirect redirect;
    redirect.state = std::move(state);
    redirect.code = Secret::Copy("code");
    redirect.issuer = issuer;
    redirect.actor = Actor("browser");
    stack_.consent.Complete(std::move(redirect), stack_.clock.Now(),
                            completed.Done());
    return completed.Get().status();
  }

  Awaited<absl::StatusOr<Grant>> Import(const std::string& refresh_token,
                                        const std::string& data_center = "") {
    Awaited<absl::StatusOr<Grant>> imported;
    stack_.consent.Import(
        {{UserId("user"), ClientName("client"), Scopes({"read"}),
          DataCenter(data_center), Actor("tester")},
         Secret::Copy(refresh_token)},
        imported.Done());
    return imported;
  }

  Awaited<absl::StatusOr<Grant>> ExchangeCode(
      const std::string& code, const std::string& data_center = "") {
    Awaited<absl::StatusOr<Grant>> exchanged;
    stack_.consent.ExchangeCode(
        {{UserId("user"), ClientName("client"), Scopes(),
          DataCenter(data_center), Actor("tester")},
         Secret::Copy(code)},
        stack_.clock.Now(), exchanged.Done());
    return exchanged;
  }

  absl::Status EndDuring(RedeemResult result) {
    auto completed = stack_.CompleteConsent(State());
    EXPECT_TRUE(stack_.upstream.Answer(std::move(result)));
    return completed.Get().status();
  }

  CoreStack stack_;
};

TEST_F(ConsentTest, TheUrlCarriesTheStateAndAChallenge) {
  const auto begun = stack_.BeginConsent().Get();
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_THAT(begun->authorization_url,
              HasSubstr(std::string(begun->state.Expose())));
  EXPECT_THAT(begun->authorization_url, HasSubstr("code_challenge="));
}

TEST_F(ConsentTest, AStateHas256BitsAndIsNeverGivenTwice) {
  const Secret first = State();
  EXPECT_EQ(first.size(), 43);
  EXPECT_FALSE(first == State());
}

TEST_F(ConsentTest, WithoutScopesTheClientsDefaultsAreAskedFor) {
  EXPECT_THAT(stack_.BeginConsent({}).Get()->authorization_url,
              HasSubstr("scope=read"));
}

TEST_F(ConsentTest, AnUnknownClientIsNotFound) {
  Awaited<absl::StatusOr<Consent::Begun>> begun;
  stack_.consent.Begin(
      {UserId("user"), ClientName("nobody"), Scopes(), Actor("tester")},
      stack_.clock.Now(), begun.Done());
  EXPECT_EQ(ReasonOf(begun.Get().status()), Reason::kResourceNotFound);
}

TEST_F(ConsentTest, ACompletedConsentIsAGrant) {
  const Grant grant = stack_.Consented();
  EXPECT_EQ(grant.state, GrantState::kActive);
  EXPECT_EQ(grant.user, UserId("user"));
  EXPECT_EQ(grant.scopes, Scopes({"read"}));
  EXPECT_EQ(grant.data_center, DataCenter("us"));
  EXPECT_EQ(grant.generation, 1);
}

TEST_F(ConsentTest, AUserIsTheOwnOfWhoBeganTheConsentNotOfWhoEndedIt) {
  stack_.Consented("0");
  EXPECT_TRUE(stack_.own_users.Has(Actor("tester"), "user", "client"));
  EXPECT_FALSE(stack_.own_users.Has(Actor("browser"), "user", "client"));
}

TEST_F(ConsentTest, AUserWhoDidNotConsentIsNobodysOwn) {
  State();
  EXPECT_FALSE(stack_.own_users.Has(Actor("tester"), "user", "client"));
}

TEST_F(ConsentTest, WhoBeganAConsentIsRememberedOverRestarts) {
  stack_.Consented("0");
  OwnUsers loaded;
  ASSERT_TRUE(LoadOwnUsers(stack_.journal, loaded).ok());
  EXPECT_TRUE(loaded.Has(Actor("tester"), "user", "client"));
}

TEST_F(ConsentTest, TheScopesThatTheProviderNamesAreTheGrants) {
  auto completed = stack_.CompleteConsent(State());
  Granted granted = stack_.Grants("0", true);
  granted.access_token.scopes = Scopes({"less"});
  ASSERT_TRUE(stack_.upstream.Answer(std::move(granted)));
  EXPECT_EQ(completed.Get()->scopes, Scopes({"less"}));
}

TEST_F(ConsentTest, AStateIsGoodOnce) {
  const Secret state = State();
  auto first = stack_.CompleteConsent(state.Clone());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  ASSERT_TRUE(first.Get().ok());
  EXPECT_EQ(WhyOf(stack_.CompleteConsent(state.Clone()).Get().status()),
            "USED");
}

TEST_F(ConsentTest, AStateThatFailedAtTheProviderIsUsedUp) {
  const Secret state = State();
  auto first = stack_.CompleteConsent(state.Clone());
  ASSERT_TRUE(stack_.upstream.Answer(Dead{}));
  ASSERT_FALSE(first.Get().ok());
  EXPECT_EQ(WhyOf(stack_.CompleteConsent(state.Clone()).Get().status()),
            "USED");
}

TEST_F(ConsentTest, AStateExpires) {
  Secret state = State();
  stack_.clock.Advance(absl::Minutes(10));
  EXPECT_EQ(WhyOf(stack_.CompleteConsent(std::move(state)).Get().status()),
            "EXPIRED");
}

TEST_F(ConsentTest, AStateThatWasNeverGivenIsUnknown) {
  EXPECT_EQ(
      WhyOf(stack_.CompleteConsent(Secret::Copy("guessed")).Get().status()),
      "UNKNOWN");
}

TEST_F(ConsentTest, AnotherUsersStateIsRefusedAndStaysGoodForItsOwner) {
  const Secret state = State();
  EXPECT_EQ(WhyOf(CompleteAs(state.Clone(), "mallory", "tester")), "ANOTHERS");
  EXPECT_EQ(WhyOf(CompleteAs(state.Clone(), "user", "another")), "ANOTHERS");
  auto completed = stack_.CompleteConsent(state.Clone());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  EXPECT_TRUE(completed.Get().ok());
}

TEST_F(ConsentTest, TheCodeIsRedeemedAtTheDataCenterThatTheRedirectNames) {
  auto completed = CompleteVia(State(), "https://eu.provider.test");
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  EXPECT_EQ(completed.Get()->data_center, DataCenter("eu"));
  EXPECT_EQ(stack_.upstream.calls().back().data_center, "eu");
}

TEST_F(ConsentTest, AForgedAccountsServerGetsNoCode) {
  EXPECT_EQ(WhyOf(CompleteVia(State(), "https://us.provider.test.evil.test")
                      .Get()
                      .status()),
            "FORGED_ACCOUNTS_SERVER");
  EXPECT_THAT(stack_.upstream.calls(), IsEmpty());
}

TEST_F(ConsentTest, AnotherIssuersCodeIsNeverSent) {
  EXPECT_EQ(WhyOf(CompleteFrom(State(), "https://elsewhere.test")),
            "FORGED_ISSUER");
  EXPECT_EQ(stack_.provider_calls(), 0);
}

TEST_F(ConsentTest, WhereEveryRedirectNamesItsIssuerNoneMayLackIt) {
  const Secret state = State();
  Provider provider = CoreStack::TestProvider();
  provider.names_issuer = true;
  stack_.providers.Replace(std::move(provider));
  EXPECT_EQ(WhyOf(CompleteFrom(state.Clone(), "")), "FORGED_ISSUER");
  EXPECT_EQ(stack_.provider_calls(), 0);
}

TEST_F(ConsentTest, AForgedIssuerDoesNotUseUpTheState) {
  const Secret state = State();
  CompleteFrom(state.Clone(), "https://elsewhere.test").IgnoreError();
  auto completed = stack_.CompleteConsent(state.Clone());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  EXPECT_TRUE(completed.Get().ok());
}

TEST_F(ConsentTest, BeforeItsMetadataCameNobodyIsSentToAProvider) {
  Provider waiting = CoreStack::TestProvider();
  waiting.discovered = false;
  stack_.providers.Replace(std::move(waiting));
  const auto begun = stack_.BeginConsent().Get();
  EXPECT_EQ(ReasonOf(begun.status()), Reason::kProviderUnreachable);
}

TEST_F(ConsentTest, ACodeThatComesTooEarlyKeepsItsState) {
  const Secret state = State();
  Provider waiting = CoreStack::TestProvider();
  waiting.discovered = false;
  stack_.providers.Replace(std::move(waiting));
  EXPECT_EQ(ReasonOf(stack_.CompleteConsent(state.Clone()).Get().status()),
            Reason::kProviderUnreachable);
  stack_.providers.Replace(CoreStack::TestProvider());
  auto completed = stack_.CompleteConsent(state.Clone());
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  EXPECT_TRUE(completed.Get().ok());
}

TEST_F(ConsentTest, ARefusedCodeStoresNothing) {
  EXPECT_EQ(ReasonOf(EndDuring(Dead{})), Reason::kCodeRefused);
  EXPECT_EQ(WhyOf(stack_.Ask().Get().status()), "NO_GRANT");
}

TEST_F(ConsentTest, AnAnswerWithoutARefreshTokenStoresNothing) {
  EXPECT_EQ(ReasonOf(EndDuring(stack_.Grants("0"))), Reason::kNoRefreshToken);
  EXPECT_EQ(WhyOf(stack_.Ask().Get().status()), "NO_GRANT");
}

TEST_F(ConsentTest, AFailedConsentIsRecordedWithItsReason) {
  EndDuring(Transient{Trouble::kUnreachable, {}}).IgnoreError();
  EXPECT_EQ(stack_.Events().back().kind, "consent.failed");
  EXPECT_EQ(stack_.Events().back().outcome, "PROVIDER_UNREACHABLE");
}

TEST_F(ConsentTest, ADeclinedConsentUsesUpItsState) {
  const Secret state = State();
  Awaited<absl::Status> declined;
  stack_.consent.Decline(state.Clone(), "access_denied", Actor("browser"),
                         stack_.clock.Now(), declined.Done());
  EXPECT_EQ(ReasonOf(declined.Get()), Reason::kConsentDeclined);
  EXPECT_EQ(WhyOf(stack_.CompleteConsent(state.Clone()).Get().status()),
            "USED");
  EXPECT_EQ(stack_.Events().back().kind, "consent.declined");
}

TEST_F(ConsentTest, AnErrorInsteadOfACodeMeansWhatTheStandardSays) {
  const auto end = [&](const std::string& error) {
    Awaited<absl::Status> declined;
    stack_.consent.Decline(State(), error, Actor("browser"), stack_.clock.Now(),
                           declined.Done());
    return ReasonOf(declined.Get());
  };
  EXPECT_EQ(end("access_denied"), Reason::kConsentDeclined);
  EXPECT_EQ(end("temporarily_unavailable"), Reason::kProviderUnavailable);
  EXPECT_EQ(end("server_error"), Reason::kProviderUnavailable);
  EXPECT_EQ(end("invalid_scope"), Reason::kClientMisconfigured);
  EXPECT_EQ(end("whatever"), Reason::kClientMisconfigured);
}

TEST_F(ConsentTest, WhereAProviderHasNoScopesNoneAreNeeded) {
  const auto create = [&](Ledger& ledger) {
    Client client;
    client.name = ClientName("app");
    client.provider = ProviderName("provider");
    client.client_id = "app-id";
    return ledger.clients().Create(client, {}, stack_.clock.Now()).status();
  };
  ASSERT_TRUE(stack_.Write(create).ok());
  const auto begin = [&] {
    Awaited<absl::StatusOr<Consent::Begun>> begun;
    stack_.consent.Begin(
        {UserId("user"), ClientName("app"), Scopes(), Actor("tester")},
        stack_.clock.Now(), begun.Done());
    return begun.Get().status();
  };
  EXPECT_EQ(ReasonOf(begin()), Reason::kFieldInvalid);
  Provider without_scopes = CoreStack::TestProvider();
  without_scopes.scopes.optional = true;
  stack_.providers.Replace(std::move(without_scopes));
  EXPECT_TRUE(begin().ok());
}

TEST_F(ConsentTest, AConsentThatCoversAnOlderGrantSupersedesIt) {
  const Grant old = stack_.Consented("0", {"read"});
  const Grant wider = stack_.Consented("1", {"read", "write"});
  const Grant ended = stack_.Read(old.id);
  EXPECT_EQ(ended.state, GrantState::kSuperseded);
  EXPECT_EQ(ended.superseded_by, wider.id);
}

TEST_F(ConsentTest, AConsentThatDoesNotCoverAnOlderGrantLeavesIt) {
  const Grant wider = stack_.Consented("0", {"read", "write"});
  stack_.Consented("1", {"read"});
  EXPECT_EQ(stack_.Read(wider.id).state, GrantState::kActive);
}

TEST_F(ConsentTest, TheOldTokenIsRevokedAfterTheNewIsDurableAndNotBefore) {
  stack_.Consented("0");
  auto completed = stack_.CompleteConsent(State());
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  const auto grant = completed.Get();
  ASSERT_TRUE(grant.ok());
  ASSERT_TRUE(stack_.upstream.AwaitCalls(3));
  EXPECT_EQ(stack_.upstream.calls().back().what, "revoke");
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-0");
}

TEST_F(ConsentTest, AConsentThatTheLedgerDidNotTakeRevokesNothingOld) {
  const Grant old = stack_.Consented("0");
  auto completed = stack_.CompleteConsent(State());
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  stack_.FailNextWrite();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1", true)));
  EXPECT_EQ(ReasonOf(completed.Get().status()), Reason::kLedgerUnavailable);
  EXPECT_EQ(stack_.Read(old.id).state, GrantState::kActive);
  // The new token, which nobody will ever hold, is what is revoked.
  ASSERT_TRUE(stack_.upstream.AwaitCalls(3));
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-1");
}

TEST_F(ConsentTest, AnImportedTokenIsRedeemedAndKept) {
  auto imported = Import("brought");
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0")));
  const auto grant = imported.Get();
  ASSERT_TRUE(grant.ok()) << grant.status();
  EXPECT_EQ(stack_.upstream.calls().back().token, "brought");
  stack_.clock.Advance(absl::Hours(2));
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  ASSERT_TRUE(answer.Get().ok());
  EXPECT_EQ(stack_.upstream.calls().back().token, "brought");
}

TEST_F(ConsentTest, AnImportedTokenThatTheProviderRotatesIsReplaced) {
  auto imported = Import("brought");
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  ASSERT_TRUE(imported.Get().ok());
  stack_.clock.Advance(absl::Hours(2));
  auto answer = stack_.Ask();
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("1")));
  ASSERT_TRUE(answer.Get().ok());
  EXPECT_EQ(stack_.upstream.calls().back().token, "refresh-0");
}

TEST_F(ConsentTest, AnImportedTokenThatTheProviderRefusesIsNotKept) {
  auto imported = Import("brought");
  ASSERT_TRUE(stack_.upstream.Answer(Dead{}));
  EXPECT_EQ(ReasonOf(imported.Get().status()), Reason::kCodeRefused);
  EXPECT_EQ(WhyOf(stack_.Ask().Get().status()), "NO_GRANT");
}

TEST_F(ConsentTest, ATokenThatAGrantHoldsIsNotImported) {
  stack_.Consented("0");
  EXPECT_EQ(ReasonOf(Import("refresh-0").Get().status()),
            Reason::kResourceExists);
}

TEST_F(ConsentTest, AnImportNamesOneOfTheProvidersDataCenters) {
  const auto status = Import("brought", "mars").Get().status();
  EXPECT_EQ(RefusalOf(status)->field, "data_center");
}

TEST_F(ConsentTest, ACodeFromTheConsoleBecomesAGrant) {
  auto exchanged = ExchangeCode("console-code");
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  const auto grant = exchanged.Get();
  ASSERT_TRUE(grant.ok()) << grant.status();
  EXPECT_EQ(grant->state, GrantState::kActive);
  EXPECT_EQ(grant->data_center, DataCenter("us"));
  EXPECT_EQ(grant->scopes, Scopes({"read"}));
  const auto call = stack_.upstream.calls().back();
  EXPECT_EQ(call.what, "code");
  EXPECT_EQ(call.token, "console-code");
  EXPECT_EQ(call.client_secret, "client-secret");
  EXPECT_EQ(stack_.Events().back().kind, "grant.created");
}

TEST_F(ConsentTest, ACodeFromTheConsoleIsExchangedWhereItWasMade) {
  auto exchanged = ExchangeCode("console-code", "eu");
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("0", true)));
  EXPECT_EQ(exchanged.Get()->data_center, DataCenter("eu"));
  EXPECT_EQ(stack_.upstream.calls().back().data_center, "eu");
}

TEST_F(ConsentTest, ACodeFromTheConsoleSupersedesWhatItCovers) {
  const Grant old = stack_.Consented("old");
  auto exchanged = ExchangeCode("console-code");
  ASSERT_TRUE(stack_.upstream.Answer(stack_.Grants("new", true)));
  ASSERT_TRUE(exchanged.Get().ok());
  EXPECT_EQ(stack_.Read(old.id).state, GrantState::kSuperseded);
}

TEST_F(ConsentTest, ACodeFromTheConsoleThatIsRefusedLeavesNothing) {
  auto exchanged = ExchangeCode("console-code");
  ASSERT_TRUE(stack_.upstream.Answer(Dead{}));
  EXPECT_EQ(ReasonOf(exchanged.Get().status()), Reason::kCodeRefused);
  EXPECT_EQ(stack_.Events().back().kind, "consent.failed");
}

TEST_F(ConsentTest, ACodeFromTheConsoleNeedsADataCenterOfTheProviders) {
  EXPECT_EQ(ReasonOf(ExchangeCode("console-code", "mars").Get().status()),
            Reason::kFieldInvalid);
  EXPECT_THAT(stack_.upstream.calls(), IsEmpty());
}

}  // namespace
}  // namespace bursar

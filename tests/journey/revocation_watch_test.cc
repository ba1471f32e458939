// Revocation that arrives: at whoever holds the token at once, and at the
// provider as soon as it is there.

#include "client/token_client.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/watchers.h"

namespace bursar::journey {
namespace {

class RevocationWatch : public Journey {
 protected:
  void Revoke(const std::string& grant) {
    v1::RevokeRequest request;
    request.set_grant(grant);
    const auto reply = api().Revoke(request);
    ASSERT_TRUE(reply.ok()) << reply.outcome;
  }

  std::string Target() { return broker().Target(); }

  // A token client that keeps a token of ann's.
  std::shared_ptr<client::TokenClient> Holding() {
    client::TokenClientOptions options;
    options.broker.target = Target();
    options.deadline = kBound;
    auto made = client::TokenClient::Create(options);
    EXPECT_TRUE(made.ok()) << made.status();
    const auto token = (*made)->GetToken(kAnns);
    EXPECT_TRUE(token.ok()) << token.status();
    return *made;
  }

  const client::TokenKey kAnns{kAnn, kClient, {kRead}};
};

TEST_F(RevocationWatch, AThousandCallersThatWereGivenTheTokenHear) {
  StartStack();
  const v1::Grant grant = Consent(kAnn);
  ASSERT_TRUE(GetToken(kAnn).ok());
  Watchers given(Target(), 1000);
  ASSERT_TRUE(given.AwaitSynced());
  Revoke(grant.id());
  EXPECT_TRUE(given.AwaitHeard(grant.id()));
}

TEST_F(RevocationWatch, AThousandCallersThatHoldTheTokenHear) {
  StartStack();
  const v1::Grant grant = Consent(kAnn);
  Watchers holding(Target(), 1000, {grant.id()});
  ASSERT_TRUE(holding.AwaitSynced());
  Revoke(grant.id());
  EXPECT_TRUE(holding.AwaitHeard(grant.id()));
}

TEST_F(RevocationWatch, OfATokenThatWasNeverGivenNobodyHears) {
  StartStack();
  const v1::Grant never = Consent(kBob);
  const v1::Grant grant = Consent(kAnn);
  ASSERT_TRUE(GetToken(kAnn).ok());
  Watchers watchers(Target(), 10);
  ASSERT_TRUE(watchers.AwaitSynced());
  Revoke(never.id());
  Revoke(grant.id());
  ASSERT_TRUE(watchers.AwaitHeard(grant.id()));
  EXPECT_EQ(watchers.Heard(), std::vector<std::string>{grant.id()});
}

TEST_F(RevocationWatch, WhoComesBackHearsWhatDiedMeanwhile) {
  StartStack();
  const v1::Grant grant = Consent(kAnn);
  const v1::Grant living = Consent(kBob);
  ASSERT_TRUE(GetToken(kAnn).ok());
  {
    Watchers before(Target(), 10);
    ASSERT_TRUE(before.AwaitSynced());
    ASSERT_EQ(broker().Stop(), 0);
    EXPECT_TRUE(before.AwaitEnded());
  }
  ASSERT_TRUE(broker().Start()) << broker().Log();
  Revoke(grant.id());
  Watchers back(Target(), 10, {grant.id(), living.id()});
  ASSERT_TRUE(back.AwaitSynced());
  EXPECT_EQ(back.Heard(), std::vector<std::string>{grant.id()});
}

TEST_F(RevocationWatch, WhoNamesNothingHearsOfWhatItWasGivenBeforeARestart) {
  StartStack();
  const v1::Grant grant = Consent(kAnn);
  ASSERT_TRUE(GetToken(kAnn).ok());
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start()) << broker().Log();
  Watchers back(Target(), 10);
  ASSERT_TRUE(back.AwaitSynced());
  Revoke(grant.id());
  EXPECT_TRUE(back.AwaitHeard(grant.id()));
}

TEST_F(RevocationWatch, TheClientLibraryDropsADeadToken) {
  StartStack();
  const v1::Grant grant = Consent(kAnn);
  const auto tokens = Holding();
  Revoke(grant.id());
  EXPECT_TRUE(Eventually([&] { return tokens->FindToken(kAnns) == nullptr; }));
}

TEST_F(RevocationWatch, TheClientLibraryHearsOverARestart) {
  StartStack();
  const v1::Grant grant = Consent(kAnn);
  const auto tokens = Holding();
  broker().Kill9();
  EXPECT_NE(tokens->FindToken(kAnns), nullptr);
  ASSERT_TRUE(broker().Start()) << broker().Log();
  Revoke(grant.id());
  EXPECT_TRUE(Eventually([&] { return tokens->FindToken(kAnns) == nullptr; }));
}

// A provider that is down: no revocation gets through.
class RevocationOutbox : public RevocationWatch {
 protected:
  void SetUp() override {
    BrokerOptions options;
    options.movable_clock = true;
    StartStack(Unlimited(), std::move(options));
    grant_ = Consent(kAnn);
    sandbox().Add({.call = "revoke", .kind = "reset", .times = 1'000'000});
    Revoke(grant_.id());
  }

  // How often the broker has tried in vain; nothing if it has no more to do.
  int64_t Attempts() {
    const auto listed =
        api().ListPendingRevocations(v1::ListPendingRevocationsRequest());
    EXPECT_TRUE(listed.ok()) << listed.outcome;
    if (listed.value.revocations_size() == 0) return -1;
    EXPECT_EQ(listed.value.revocations(0).grant(), grant_.id());
    return listed.value.revocations(0).attempts();
  }

  bool TriedMoreOftenThan(int64_t attempts) {
    return Eventually([&] { return Attempts() > attempts; });
  }

  // Half an hour later, in a new process.
  void RestartMuchLater() {
    ASSERT_EQ(broker().Stop(), 0);
    MoveClocks(absl::Minutes(30));
    ASSERT_TRUE(broker().Start()) << broker().Log();
  }

  void ExpectRevokedAtTheProvider() {
    EXPECT_TRUE(Eventually([&] { return Attempts() == -1; }));
    for (const ProviderToken& token : sandbox().RefreshTokens(kAnn)) {
      EXPECT_EQ(token.state, "revoked");
    }
    EXPECT_EQ(CountEvents("revocation.confirmed", grant_.id()), 1);
  }

  v1::Grant grant_;
};

TEST_F(RevocationOutbox, AProviderThatWasDownForAnHourIsToldWhenItIsBack) {
  ASSERT_TRUE(TriedMoreOftenThan(0));
  const int64_t at_first = Attempts();
  RestartMuchLater();
  ASSERT_TRUE(TriedMoreOftenThan(at_first));
  sandbox().ClearFaults();
  RestartMuchLater();
  ExpectRevokedAtTheProvider();
}

TEST_F(RevocationOutbox, AnOperatorNeedNotWaitForTheNextAttempt) {
  ASSERT_TRUE(TriedMoreOftenThan(0));
  for (int restart = 0; restart < 2; ++restart) {
    const int64_t before = Attempts();
    RestartMuchLater();
    ASSERT_TRUE(TriedMoreOftenThan(before));
  }
  sandbox().ClearFaults();
  ASSERT_TRUE(Eventually([&] {
    return api().RetryRevocations(v1::RetryRevocationsRequest()).ok() &&
           Attempts() == -1;
  }));
  ExpectRevokedAtTheProvider();
}

}  // namespace
}  // namespace bursar::journey

// A provider that rotates with a grace, as Okta does: what it said and nobody
// read is asked for again in time, by the broker itself.

#include <csignal>

#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

constexpr char kOktasEndpoints[] =
    "    authorization_endpoint: /oauth2/default/v1/authorize\n"
    "    token_endpoint: /oauth2/default/v1/token\n"
    "    revocation: {endpoint: /oauth2/default/v1/revoke}\n";
constexpr absl::Duration kOktasGrace = absl::Seconds(30);

class LostAnswers : public Journey {
 protected:
  void StartOkta(BrokerOptions options = {}) {
    SandboxOptions okta = Unlimited();
    okta.persona = "okta";
    options.descriptor = "okta";
    options.movable_clock = true;
    options.provider_keys = kOktasEndpoints;
    StartStack(okta, std::move(options));
    grant_ = Consent(kAnn, {"offline_access", "profile"});
  }

  // The provider rotates, and its answer does not arrive.
  void LoseARefresh() {
    sandbox().Add({.kind = "reset", .after_processing = true});
    EXPECT_EQ(Refresh(GetToken(kAnn).value, kAnn).outcome.reason,
              "PROVIDER_CONNECTION_LOST");
  }

  bool Mended() {
    return Eventually([&] { return Grant(grant_.id()).generation() == 2; });
  }

  // Of the refresh tokens that were replaced already, how many were refused.
  int64_t ReuseRefused() {
    int64_t refused = 0;
    for (const ProviderToken& token : sandbox().RefreshTokens(kAnn)) {
      refused += token.reuse_refused;
    }
    return refused;
  }

  v1::Grant grant_;
};

TEST_F(LostAnswers, AreAskedForAgainWithNobodyAsking) {
  StartOkta();
  LoseARefresh();
  ASSERT_TRUE(Mended());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 2);
  // Long after the grace: what came of it is what is redeemed now.
  MoveClocks(absl::Hours(2));
  const auto token = GetToken(kAnn);
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(sandbox().CallApi(token.value.authorization(), "/api/v1/userinfo"),
            200);
  EXPECT_EQ(ReuseRefused(), 0);
}

TEST_F(LostAnswers, AreAskedForAgainUntilOneArrives) {
  StartOkta();
  sandbox().Add({.kind = "reset", .times = 2, .after_processing = true});
  EXPECT_FALSE(Refresh(GetToken(kAnn).value, kAnn).ok());
  EXPECT_TRUE(Mended());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 3);
}

TEST_F(LostAnswers, AreAskedForAgainAfterARestart) {
  StartOkta();
  LoseARefresh();
  broker().Kill9();
  ASSERT_TRUE(broker().Start());
  ASSERT_TRUE(Mended());
  MoveClocks(absl::Hours(2));
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(LostAnswers, AreNotAskedForAfterTheGrace) {
  BrokerOptions dying;
  dying.program = std::string(kBursardUnderTest);
  dying.more_arguments = {"--die", "before-commit"};
  StartOkta(dying);
  const v1::AccessToken token = GetToken(kAnn).value;
  EXPECT_FALSE(Refresh(token, kAnn).ok());
  ASSERT_EQ(broker().Wait(), -SIGKILL);
  BrokerOptions plain = broker().options();
  plain.program.clear();
  plain.more_arguments.clear();
  broker().Configure(plain);
  MoveClocks(kOktasGrace);
  ASSERT_TRUE(broker().Start()) << broker().Log();
  // Another's refresh goes through while nothing is said of Ann's.
  Consent(kBob, {"offline_access", "profile"});
  ASSERT_TRUE(Refresh(GetToken(kBob).value, kBob).ok());
  EXPECT_EQ(sandbox().Calls("token.refresh"), 2);
  EXPECT_EQ(ReuseRefused(), 0);
  EXPECT_EQ(Refresh(token, kAnn).outcome.metadata.at("why"), "OUTCOME_LOST");
}

}  // namespace
}  // namespace bursar::journey

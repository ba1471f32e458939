// What callers may do, by a policy file that changes while the broker runs.

#include <unistd.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"
#include "tests/journey/harness/watchers.h"

namespace bursar::journey {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr char kDenied[] = "PERMISSION_DENIED";

// The test's own user.
std::string Subjects() { return absl::StrCat("[\"unix:", getuid(), "\"]"); }

std::string Rule(const std::string& rpcs, const std::string& users) {
  return absl::StrCat("rules:\n  - name: the-test\n    subjects: ", Subjects(),
                      "\n    rpcs: ", rpcs,
                      "\n    clients: any\n    users: ", users,
                      "\n    scopes: any\n");
}

class PolicyJourney : public Journey {
 protected:
  // Puts a policy in place, and waits until the broker has said that it is in
  // force or refused.
  void PutInPlace(const std::string& policy, const std::string& said) {
    const std::size_t before = broker().Log().size();
    broker().WritePolicy(policy);
    EXPECT_TRUE(Eventually([&] {
      return absl::StrContains(broker().Log().substr(before), said);
    })) << broker().Log();
  }
  void Reload(const std::string& policy) {
    PutInPlace(policy, "policy.reloaded");
  }

  // What Prometheus scrapes.
  std::string Metrics() {
    return browser().Open(broker().Ready("metrics")).body;
  }
  std::string RefusedMetric() {
    return absl::StrCat("bursar_files_refused{files=\"", broker().PolicyPath(),
                        "\",kind=\"policy\"}");
  }

  std::string ReasonOfGetToken(const std::string& user) {
    return GetToken(user).outcome.reason;
  }
};

TEST_F(PolicyJourney, ASubjectThatLosesItsRuleIsDeniedAtTheNextCall) {
  StartStack();
  Consent(kAnn);
  ASSERT_TRUE(GetToken(kAnn).ok());
  Reload("rules: []\n");
  EXPECT_EQ(ReasonOfGetToken(kAnn), kDenied);
  EXPECT_EQ(ReasonOfGetToken("nobody"), kDenied);
}

TEST_F(PolicyJourney, AStreamOfASubjectThatLosesItsRuleEnds) {
  StartStack();
  Watchers watchers(broker().Target(), 3);
  ASSERT_TRUE(watchers.AwaitSynced());
  Reload("rules: []\n");
  EXPECT_TRUE(watchers.AwaitEnded());
}

TEST_F(PolicyJourney, ABadPolicyLeavesTheOldInForceAndSaysItsPlace) {
  BrokerOptions options;
  options.sections = "metrics: {address: 127.0.0.1:0}\n";
  StartStack(Unlimited(), options);
  Consent(kAnn);
  EXPECT_THAT(Metrics(),
              AllOf(HasSubstr(RefusedMetric() + " 0"),
                    HasSubstr("bursar_callers_refused_total{shown=\"none\"} 0"),
                    HasSubstr("bursar_tls_handshakes_failed_total 0"),
                    HasSubstr("bursar_revocations_pending 0")));
  PutInPlace("rules:\n  - name: everybody\n    subjects: [\"*\"]\n",
             "policy.refused");
  EXPECT_THAT(Metrics(), HasSubstr(RefusedMetric() + " 1"));
  EXPECT_THAT(broker().Log(),
              HasSubstr(absl::StrCat(broker().PolicyPath(), ":3:16")));
  EXPECT_TRUE(GetToken(kAnn).ok());
  // A mended one counts.
  Reload(Rule("operators", "any"));
  EXPECT_EQ(ReasonOfGetToken(kAnn), kDenied);
  EXPECT_THAT(Metrics(), HasSubstr(RefusedMetric() + " 0"));
}

TEST_F(PolicyJourney, UsersAreOwnByTheConsentsThatWereBegunOverRestarts) {
  StartStack();
  Consent(kAnn);
  ASSERT_TRUE(broker().Stop() == 0);
  BrokerOptions options = broker().options();
  options.policy = Rule("callers", "own");
  broker().Configure(options);
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_EQ(ReasonOfGetToken(kBob), kDenied);
}

TEST_F(PolicyJourney, ABadPolicyRefusesTheStart) {
  StartStack();
  ASSERT_TRUE(broker().Stop() == 0);
  BrokerOptions options = broker().options();
  options.policy = "rules: none\n";
  broker().Configure(options);
  EXPECT_FALSE(broker().Start());
  EXPECT_THAT(broker().Log(),
              HasSubstr(absl::StrCat(broker().PolicyPath(), ":1:8")));
}

TEST_F(PolicyJourney, ExplainsTheSameOfAFileAndOfTheServer) {
  StartStack();
  const std::vector<std::string> question = {
      "policy",    "explain",
      "--subject", absl::StrCat("unix:", getuid()),
      "--rpc",     "TokenBroker.GetToken",
      "--user",    kAnn,
      "--client",  kClient};
  std::vector<std::string> online = {std::string(kBursarctl), "--address",
                                     broker().Target()};
  online.insert(online.end(), question.begin(), question.end());
  std::vector<std::string> offline = {std::string(kBursarctl)};
  offline.insert(offline.end(), question.begin(), question.end());
  offline.insert(offline.end(), {"--policy-file", broker().PolicyPath()});
  const Finished asked = RunProgram(
      {.argv = online, .log = broker().folder().Path("explain-online")});
  const Finished read = RunProgram(
      {.argv = offline, .log = broker().folder().Path("explain-offline")});
  EXPECT_EQ(asked.exit, 0) << asked.errors;
  EXPECT_THAT(asked.output, HasSubstr("allowed by everything"));
  EXPECT_EQ(asked.output, read.output) << read.errors;
}

}  // namespace
}  // namespace bursar::journey

// Who got which grant's tokens, and the record that tells of it, by the
// operator's tool.

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

class Deliveries : public Journey {
 protected:
  void SetUp() override {
    BrokerOptions options;
    options.sections = "audit: {fold_interval: 1h}\n";
    StartStack(Unlimited(), options);
    ann_ = Consent(kAnn).id();
  }

  void GetTokens(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(GetToken(kAnn).ok());
    }
  }

  std::vector<std::string> CtlArguments(std::vector<std::string> arguments) {
    std::vector<std::string> argv = {std::string(kBursarctl), "--address",
                                     broker().Target()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
  }

  Finished Ctl(std::vector<std::string> arguments) {
    return RunProgram({.argv = CtlArguments(std::move(arguments)),
                       .log = broker().folder().Path("ctl")});
  }

  /// Of ann's grant, by whomever.
  int64_t Delivered() {
    const Finished listed =
        Ctl({"--output", "json", "audit", "deliveries", "--grant", ann_});
    EXPECT_EQ(listed.exit, 0) << listed.errors;
    int64_t count = 0;
    const json answer = json::parse(listed.output);
    for (const json& pair : answer["deliveries"]) {
      EXPECT_EQ(pair["user"], kAnn);
      EXPECT_EQ(pair["client"], kClient);
      count += std::stoll(pair["count"].get<std::string>());
    }
    return count;
  }

  void Restart() {
    ASSERT_EQ(broker().Stop(), 0);
    ASSERT_TRUE(broker().Start());
  }

  std::string ann_;
};

TEST_F(Deliveries, AreExactAfterADrainAndAddUpOverRestarts) {
  GetTokens(7);
  EXPECT_EQ(Delivered(), 0);
  Restart();
  EXPECT_EQ(Delivered(), 7);
  GetTokens(4);
  Restart();
  EXPECT_EQ(Delivered(), 11);
  EXPECT_EQ(CountEvents("tokens.delivered", ann_), 1);
}

TEST_F(Deliveries, AreFoldedAtTheIntervalThatTheConfigurationSets) {
  ASSERT_EQ(broker().Stop(), 0);
  BrokerOptions options = broker().options();
  options.sections = "audit: {fold_interval: 1s}\n";
  broker().Configure(options);
  ASSERT_TRUE(broker().Start());
  GetTokens(3);
  EXPECT_TRUE(Eventually([&] { return Delivered() == 3; }));
}

TEST_F(Deliveries, TheRecordIsFollowedAsItGrows) {
  Process tail({.argv = CtlArguments({"--output", "json", "audit", "tail",
                                      "--follow", "--lines", "1"}),
                .log = broker().folder().Path("tail")});
  ASSERT_TRUE(Eventually([&] { return !tail.Output().empty(); }));
  EXPECT_THAT(tail.Output(), HasSubstr("grant.created"));
  Consent(kBob);
  EXPECT_TRUE(Eventually([&] {
    const std::string output = tail.Output();
    const std::size_t begun = output.find("consent.begun");
    return begun != std::string::npos &&
           output.find("grant.created", begun) != std::string::npos;
  }));
}

TEST_F(Deliveries, TheRunningLedgerIsWholeAndHasTheHeadThatWasToldBefore) {
  const json head =
      json::parse(Ctl({"--output", "json", "audit", "head"}).output);
  const Finished text = Ctl({"audit", "head"});
  const std::size_t at = text.output.find("expect");
  ASSERT_NE(at, std::string::npos) << text.output;
  std::string expected = text.output.substr(at + 6);
  expected = expected.substr(expected.find_first_not_of(' '));
  expected = expected.substr(0, expected.find('\n'));
  Consent(kBob);
  const Finished key = Ctl({"audit", "public-key"});
  const Finished verdict = Ctl(
      {"audit", "verify", broker().LedgerPath(), "--public-key",
       broker().folder().Write("audit.pub", key.output), "--expect", expected});
  EXPECT_EQ(verdict.exit, 0) << verdict.errors;
  EXPECT_THAT(verdict.output,
              AllOf(HasSubstr("whole"),
                    HasSubstr(head["public_key"].get<std::string>())));
}

}  // namespace
}  // namespace bursar::journey

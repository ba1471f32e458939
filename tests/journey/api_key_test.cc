// An operator makes an API key with bursarctl, a caller uses it, and once it is
// revoked it opens nothing.

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/process.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A key's caller may look at events, and nothing else.
std::string PolicyForKeys() {
  return absl::StrCat(
      "rules:\n"
      "  - name: this-user\n"
      "    subjects: [\"unix:",
      getuid(),
      "\"]\n"
      "    rpcs: [callers, operators]\n"
      "    clients: any\n    users: any\n    scopes: any\n"
      "  - name: reports\n"
      "    subjects: [\"api-key:reports\"]\n"
      "    rpcs: [Events.ListEvents]\n"
      "    clients: any\n    users: any\n    scopes: any\n");
}

BrokerOptions WithApiKeys() {
  BrokerOptions options;
  options.accounts_server = "https://accounts.test";
  options.sections = "authentication: {api_keys: true}\n";
  options.policy = PolicyForKeys();
  return options;
}

class ApiKeyJourney : public testing::Test {
 protected:
  ApiKeyJourney() : broker(WithApiKeys()) {}

  void SetUp() override { ASSERT_TRUE(broker.Start()) << broker.Log(); }

  Finished Ctl(const std::vector<std::string>& arguments) const {
    std::vector<std::string> argv = {std::string(kBursarctl), "--address",
                                     broker.Target()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return RunProgram({.argv = argv, .log = broker.folder().Path("ctl")});
  }

  // As whoever bears the key in the file.
  Finished CtlWithKey(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--bearer-token-file", KeyPath()});
    return Ctl(arguments);
  }

  std::string KeyPath() const { return broker.folder().Path("reports.key"); }

  // Makes a key into the file; its id.
  std::string MakeKey() {
    const Finished made = Ctl({"--output", "json", "api-key", "create",
                               "reports", "--key-file", KeyPath()});
    EXPECT_EQ(made.exit, 0) << made.errors;
    EXPECT_THAT(made.output, Not(HasSubstr("bursar_")));
    const std::string marker = "\"id\": \"";
    const std::size_t at = made.output.find(marker);
    if (at == std::string::npos) return "";
    const std::size_t begin = at + marker.size();
    return made.output.substr(begin, made.output.find('"', begin) - begin);
  }

  Broker broker;
};

TEST_F(ApiKeyJourney, AKeyLetsItsBearerInUntilItIsRevoked) {
  const std::string id = MakeKey();
  ASSERT_THAT(id, Not(IsEmpty()));
  const Finished good = CtlWithKey({"event", "list"});
  EXPECT_EQ(good.exit, 0) << good.errors;
  EXPECT_THAT(good.output, HasSubstr("api_key.created"));

  const Finished revoked = Ctl({"api-key", "revoke", id});
  EXPECT_EQ(revoked.exit, 0) << revoked.errors;
  const Finished refused = CtlWithKey({"event", "list"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.errors, HasSubstr("CREDENTIALS_INVALID"));
}

TEST_F(ApiKeyJourney, ItsBearerIsItsNameToThePolicy) {
  MakeKey();
  const Finished refused = CtlWithKey({"api-key", "list"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.errors, HasSubstr("PERMISSION_DENIED"));
}

TEST_F(ApiKeyJourney, AKeyLivesOverARestartAndARevokedOneDoesNot) {
  const std::string id = MakeKey();
  ASSERT_EQ(broker.Stop(), 0);
  ASSERT_TRUE(broker.Start()) << broker.Log();
  EXPECT_EQ(CtlWithKey({"event", "list"}).exit, 0);
  EXPECT_EQ(Ctl({"api-key", "revoke", id}).exit, 0);
  ASSERT_EQ(broker.Stop(), 0);
  ASSERT_TRUE(broker.Start()) << broker.Log();
  EXPECT_EQ(CtlWithKey({"event", "list"}).exit, 1);
}

TEST_F(ApiKeyJourney, AKeyIsShownOnceAndInNoListAndNoLog) {
  const Finished made = Ctl({"api-key", "create", "reports"});
  ASSERT_EQ(made.exit, 0) << made.errors;
  const std::size_t at = made.output.find("bursar_");
  ASSERT_NE(at, std::string::npos);
  // What follows the id.
  const std::string secret = made.output.substr(at + 23, 43);
  const Finished listed = Ctl({"--output", "json", "api-key", "list"});
  EXPECT_EQ(listed.exit, 0);
  EXPECT_THAT(listed.output, HasSubstr("reports"));
  EXPECT_THAT(listed.output, Not(HasSubstr(secret)));
  EXPECT_THAT(broker.Log(), Not(HasSubstr(secret)));
}

TEST_F(ApiKeyJourney, AKeyFileIsNeverOverwritten) {
  MakeKey();
  EXPECT_EQ(Ctl({"api-key", "create", "reports", "--key-file", KeyPath()}).exit,
            2);
}

}  // namespace
}  // namespace bursar::journey

// What becomes of a broker whose keys change or are lost, and of the secrets in
// its memory.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "server/base/random.h"
#include "server/sealing/keyring_file.h"
#include "tests/fakes/eventually.h"
#include "tests/fakes/soft_token.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using testing::HasSubstr;

class Keys : public Journey {
 protected:
  Finished Ctl(std::vector<std::string> arguments) {
    std::vector<std::string> argv = {std::string(kBursarctl), "--address",
                                     broker().Target()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return RunProgram({.argv = argv, .log = broker().folder().Path("ctl")});
  }

  std::string PrimaryKey() {
    return bursar::ListKeys(broker().KeyringPath())->front().id;
  }

  bool Logged(const std::string& text) {
    return Eventually([&] { return absl::StrContains(broker().Log(), text); });
  }
};

TEST_F(Keys, AnAddedKeyIsTakenWithoutARestartAndABrokenFileIsNot) {
  StartStack();
  const Finished added = Ctl({"keys", "add", broker().KeyringPath()});
  EXPECT_EQ(added.exit, 0) << added.errors;
  EXPECT_TRUE(Logged(absl::StrCat("primary=", PrimaryKey())));
  Consent(kAnn);
  EXPECT_THAT(Ctl({"keys", "status"}).output, HasSubstr(PrimaryKey()));

  std::ofstream(broker().KeyringPath(), std::ios::app) << "nonsense\n";
  EXPECT_TRUE(Logged("keys.refused"));
  const Finished refused = Ctl({"keys", "rotate"});
  EXPECT_NE(refused.exit, 0);
  EXPECT_THAT(refused.errors, HasSubstr("a line must be KEY-ID"));
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(Keys, AKeyThatIsStillNeededIsNotGivenUp) {
  StartStack();
  Consent(kAnn);
  const std::string needed = PrimaryKey();
  ASSERT_EQ(Ctl({"keys", "remove", broker().KeyringPath(), needed}).exit, 2);
  ASSERT_EQ(Ctl({"keys", "add", broker().KeyringPath()}).exit, 0);
  ASSERT_TRUE(Logged("keys.changed"));
  ASSERT_EQ(Ctl({"keys", "remove", broker().KeyringPath(), needed}).exit, 0);
  EXPECT_TRUE(Logged("keys.refused"));
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_TRUE(Refresh(GetToken(kAnn).value, kAnn).ok());
}

TEST_F(Keys, ALostKeyCostsWhatItSealedAlone) {
  StartStack();
  Consent(kAnn);
  ASSERT_EQ(broker().Stop(), 0);
  const std::string before = broker().folder().Path("before");
  std::filesystem::copy(broker().KeyringPath(), before);
  ASSERT_EQ(Ctl({"keys", "add", broker().KeyringPath()}).exit, 0);
  const std::string lost = PrimaryKey();
  ASSERT_TRUE(broker().Start()) << broker().Log();
  Consent(kBob);
  ASSERT_EQ(broker().Stop(), 0);
  std::filesystem::rename(before, broker().KeyringPath());

  ASSERT_TRUE(broker().Start()) << broker().Log();
  EXPECT_TRUE(Logged(absl::StrCat("keys.lost key=", lost)));
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_TRUE(Refresh(GetToken(kAnn).value, kAnn).ok());
  const auto refused = GetToken(kBob);
  EXPECT_EQ(refused.outcome.reason, "KEY_UNAVAILABLE") << refused.outcome;
  EXPECT_THAT(refused.outcome.message, HasSubstr(lost));
  EXPECT_EQ(GrantsOf(kBob).size(), 1U);
  EXPECT_THAT(Ctl({"keys", "status"}).output,
              testing::AllOf(HasSubstr(lost), HasSubstr("LOST")));
}

class WrappedKeys : public Keys {
 protected:
  std::vector<std::string> TokenOptions() const {
    return {"--pkcs11-module", SoftToken::module(), "--token-label",
            "bursar",          "--key-label",       "wrapping",
            "--pin-file",      token_.pin_file()};
  }

  // A broker of the same as before that knows the token.
  void ConfigureToken() {
    BrokerOptions options = broker().options();
    options.sealing =
        absl::StrCat("pkcs11: {module: ", SoftToken::module(),
                     ", token_label: bursar, key_label: wrapping, pin_file: ",
                     token_.pin_file(), "}");
    broker().Configure(std::move(options));
  }

  // Adds a key that the token wraps.
  void AddWrappedKey() {
    std::vector<std::string> arguments = {"keys", "add",
                                          broker().KeyringPath()};
    const std::vector<std::string> token = TokenOptions();
    arguments.insert(arguments.end(), token.begin(), token.end());
    const Finished added = Ctl(std::move(arguments));
    ASSERT_EQ(added.exit, 0) << added.errors;
  }

  const SoftToken token_;
};

TEST_F(WrappedKeys, ARingMovesIntoATokenAndOpensThroughItAlone) {
  StartStack();
  Consent(kAnn);
  const std::string plain = PrimaryKey();
  AddWrappedKey();
  EXPECT_TRUE(Logged("keys.refused")) << "it knows no token";
  ASSERT_EQ(broker().Stop(), 0);
  EXPECT_FALSE(broker().Start());
  EXPECT_THAT(broker().Log(), HasSubstr("wrapped by a token's"));

  ConfigureToken();
  ASSERT_TRUE(broker().Start()) << broker().Log();
  const Finished rotated = Ctl({"keys", "rotate"});
  EXPECT_EQ(rotated.exit, 0) << rotated.errors;
  ASSERT_EQ(Ctl({"keys", "remove", broker().KeyringPath(), plain}).exit, 0);
  EXPECT_THAT(Ctl({"keys", "list", broker().KeyringPath()}).output,
              HasSubstr("a PKCS#11 token"));
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start()) << broker().Log();
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_TRUE(Refresh(GetToken(kAnn).value, kAnn).ok());
}

TEST_F(WrappedKeys, AWrongPinIsSaidAtStartAndNotShown) {
  StartStack();
  AddWrappedKey();
  ASSERT_EQ(broker().Stop(), 0);
  ConfigureToken();
  std::ofstream(token_.pin_file()) << "918273\n";
  EXPECT_FALSE(broker().Start());
  EXPECT_EQ(broker().Wait(), 1);
  EXPECT_THAT(broker().Log(), HasSubstr("another PIN"));
  EXPECT_FALSE(absl::StrContains(broker().Log(), "918273"));
}

// The pages that are locked into the broker's memory.
int64_t LockedKiB(pid_t pid) {
  std::ifstream status(absl::StrCat("/proc/", pid, "/status"));
  std::string line;
  while (std::getline(status, line)) {
    const std::vector<std::string> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    int64_t size = 0;
    if (words.at(0) == "VmLck:" && absl::SimpleAtoi(words.at(1), &size)) {
      return size;
    }
  }
  return -1;
}

TEST_F(Keys, MemoryIsKeptOutOfSwapWhereTheSystemLets) {
  StartStack();
  const bool locked = absl::StrContains(broker().Log(), "memory.locked");
  EXPECT_NE(locked, absl::StrContains(broker().Log(), "memory.not_locked"));
#if !defined(__SANITIZE_ADDRESS__)  // Which takes no lock but says it did.
  EXPECT_EQ(LockedKiB(broker().process().pid()) > 0, locked);
#endif
}

class MayNotLock : public Keys {
 protected:
  // A broker that may lock nothing, as in a container with few rights.
  BrokerOptions Options(const std::string& lock) {
    const std::string program = folder_.Path("bursard");
    std::ofstream(program)
        << "#!/bin/sh\n"
           "drop=\n"
           "[ \"$(id -u)\" -ne 0 ] ||\n"
           "  drop='setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock'\n"
           "exec prlimit --memlock=0:0 $drop "
        << kBursard << " \"$@\"\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    BrokerOptions options;
    options.program = program;
    options.sections = absl::StrCat("memory: {lock: ", lock, "}\n");
    return options;
  }

  const TemporaryFolder folder_;
};

TEST_F(MayNotLock, ABrokerThatNeedNotServesAndSaysSo) {
  StartStack(Unlimited(), Options("try"));
  EXPECT_THAT(broker().Log(), HasSubstr("memory.not_locked"));
  EXPECT_EQ(LockedKiB(broker().process().pid()), 0);
}

TEST_F(MayNotLock, ABrokerThatMustDoesNotStart) {
  BrokerOptions options = Options("require");
  options.accounts_server = "https://provider.test";
  MakeBroker(options);
  EXPECT_FALSE(broker().Start());
  EXPECT_EQ(broker().Wait(), 1);
  EXPECT_THAT(broker().Log(), HasSubstr("memory.lock requires"));
}

}  // namespace
}  // namespace bursar::journey

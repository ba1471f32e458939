// What keeps a server from starting: a message that says what is wrong and what
// to do, an exit code that says which kind it is, and no data touched.

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "server/base/random.h"
#include "server/sealing/keyring.h"
#include "tests/fakes/eventually.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/files.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kCouldNotStart = 1;
constexpr int kUsage = 2;

class StartRefusals : public Journey {
 protected:
  void SetUp() override {
    StartStack();
    Consent(kAnn);
  }

  // Runs a second server on the same configuration.
  Finished RunAgain() {
    return broker().RunToEnd({"--config", broker().ConfigPath()});
  }

  // The ledger's bytes while nobody has it open.
  std::string LedgerBytes() {
    return absl::StrCat(ReadFile(broker().LedgerPath()),
                        ReadFile(broker().LedgerPath() + "-wal"));
  }

  // Runs a server that must refuse to start and leave the ledger alone.
  std::string RefusedStart() {
    const std::string before = LedgerBytes();
    const Finished refused = RunAgain();
    EXPECT_EQ(refused.exit, kCouldNotStart);
    EXPECT_TRUE(LedgerBytes() == before);
    ExpectPlainWords(refused.errors);
    return refused.errors;
  }

  static void ExpectPlainWords(const std::string& errors) {
    EXPECT_THAT(errors, Not(HasSubstr("terminate called")));
    EXPECT_THAT(errors, Not(HasSubstr("    @ ")));
    EXPECT_THAT(errors, Not(HasSubstr(".cc:")));
  }

  // As an operator without root's powers over files.
  Finished RunAsNobody(const std::vector<std::string>& arguments) {
    std::vector<std::string> argv = {"/usr/bin/setpriv", "--reuid=65534",
                                     "--regid=65534", "--clear-groups",
                                     std::string(kBursard)};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return RunProgram({.argv = argv, .log = broker().folder().Path("nobody")});
  }
};

TEST_F(StartRefusals, SecondServerOnTheSameLedger) {
  const Finished second = RunAgain();
  EXPECT_EQ(second.exit, kCouldNotStart);
  EXPECT_THAT(second.errors,
              AllOf(HasSubstr("another bursard uses it"),
                    HasSubstr(absl::StrCat(broker().process().pid()))));
  ExpectPlainWords(second.errors);
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(StartRefusals, LedgerThatIsReadOnly) {
  ASSERT_EQ(broker().Stop(), 0);
  const std::string before = LedgerBytes();
  const std::string& folder = broker().folder().path();
  // Everything is nobody's to read, and the ledger not to write.
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    ASSERT_EQ(chown(entry.path().c_str(), 65534, 65534), 0);
  }
  ASSERT_EQ(chown(folder.c_str(), 65534, 65534), 0);
  ASSERT_EQ(chmod(broker().LedgerPath().c_str(), 0400), 0);
  const Finished refused = RunAsNobody({"--config", broker().ConfigPath()});
  EXPECT_EQ(refused.exit, kCouldNotStart) << refused.errors;
  EXPECT_THAT(refused.errors, HasSubstr(broker().LedgerPath()));
  EXPECT_THAT(refused.errors, HasSubstr("read-only"));
  EXPECT_THAT(refused.errors, HasSubstr("writable for this user"));
  ExpectPlainWords(refused.errors);
  EXPECT_TRUE(LedgerBytes() == before);
}

TEST_F(StartRefusals, LedgerThatIsCorrupt) {
  ASSERT_EQ(broker().Stop(), 0);
  std::string bytes = ReadFile(broker().LedgerPath());
  // Past the first page, whose damage would make it no database at all.
  for (std::size_t i = 4096; i < bytes.size(); i += 64) bytes[i] ^= 0x55;
  broker().folder().Write("ledger.db", bytes);
  const std::string message = RefusedStart();
  EXPECT_THAT(message, HasSubstr(broker().LedgerPath()));
  EXPECT_THAT(message, HasSubstr("restore"));
}

TEST_F(StartRefusals, FileThatIsNoLedger) {
  ASSERT_EQ(broker().Stop(), 0);
  broker().folder().Write("ledger.db", std::string(8192, 'x'));
  EXPECT_THAT(RefusedStart(), HasSubstr(broker().LedgerPath()));
}

TEST_F(StartRefusals, MissingKeyFile) {
  ASSERT_EQ(broker().Stop(), 0);
  std::filesystem::remove(broker().KeyringPath());
  EXPECT_THAT(RefusedStart(), AllOf(HasSubstr(broker().KeyringPath()),
                                    HasSubstr("bursarctl keys create")));
  EXPECT_FALSE(std::filesystem::exists(broker().KeyringPath()));
}

TEST_F(StartRefusals, KeyFileThatIsNotTheLedgersOwn) {
  ASSERT_EQ(broker().Stop(), 0);
  std::filesystem::remove(broker().KeyringPath());
  SystemRandom random;
  ASSERT_TRUE(Keyring::Create(broker().KeyringPath(), random).ok());
  EXPECT_THAT(RefusedStart(),
              HasSubstr("the key file is not the one that it was made with"));
}

TEST_F(StartRefusals, KeyFileThatIsGarbage) {
  ASSERT_EQ(broker().Stop(), 0);
  broker().folder().Write("keyring", "not a key\n");
  EXPECT_THAT(RefusedStart(), HasSubstr(broker().KeyringPath()));
}

TEST_F(StartRefusals, KeyFileThatOthersMayRead) {
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_EQ(chmod(broker().KeyringPath().c_str(), 0644), 0);
  EXPECT_THAT(RefusedStart(), HasSubstr("chmod 600"));
}

TEST_F(StartRefusals, AllOfThemAreMendableWithoutLoss) {
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_EQ(chmod(broker().KeyringPath().c_str(), 0644), 0);
  RefusedStart();
  ASSERT_EQ(chmod(broker().KeyringPath().c_str(), 0600), 0);
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(StartRefusals, WrongConfigurationListsEveryError) {
  broker().folder().Write("wrong.yaml",
                          "listen:\n  - address: 127.0.0.1:99999\n"
                          "leger: {path: ledger.db}\n"
                          "sealing: {}\n"
                          "providers: [{name: cliq, descriptor: nothing}]\n");
  const std::string path = broker().folder().Path("wrong.yaml");
  const Finished refused =
      broker().RunToEnd({"--config", path, "--check-config"});
  EXPECT_EQ(refused.exit, kUsage);
  EXPECT_THAT(refused.errors, HasSubstr(absl::StrCat(path, ":2:")));
  EXPECT_THAT(refused.errors, HasSubstr("did you mean ledger?"));
  EXPECT_THAT(refused.errors, HasSubstr("keyring_file"));
  EXPECT_THAT(refused.errors, HasSubstr("descriptor"));
}

TEST_F(StartRefusals, RightConfigurationIsFitAndStartsNothing) {
  ASSERT_EQ(broker().Stop(), 0);
  const std::string before = LedgerBytes();
  const Finished checked =
      broker().RunToEnd({"--config", broker().ConfigPath(), "--check-config"});
  EXPECT_EQ(checked.exit, 0) << checked.errors;
  EXPECT_TRUE(LedgerBytes() == before);
}

TEST_F(StartRefusals, ClearTextBeyondLoopbackWithoutTheWords) {
  const std::string config = ReadFile(broker().ConfigPath());
  const std::string open = absl::StrReplaceAll(
      config,
      {{absl::StrCat("address: ", broker().Target()), "address: 0.0.0.0:0"}});
  ASSERT_NE(open, config);
  broker().folder().Write("open.yaml", open);
  const Finished refused =
      broker().RunToEnd({"--config", broker().folder().Path("open.yaml")});
  EXPECT_EQ(refused.exit, kUsage);
  EXPECT_THAT(refused.errors,
              AllOf(HasSubstr("clear text"),
                    HasSubstr("clear_text_beyond_loopback: true")));
}

// A file system of a few kilobytes, full soon.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& path) : path_(path) {
    std::filesystem::create_directory(path_);
    mounted_ = mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }

  bool mounted() const { return mounted_; }

  // Leaves no byte free.
  void Fill() const {
    const std::string filler = absl::StrCat(path_, "/filler");
    const int file = open(filler.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    const std::string block(4096, 'x');
    while (write(file, block.data(), block.size()) > 0) {
    }
    close(file);
  }

  void Free() const { std::filesystem::remove(absl::StrCat(path_, "/filler")); }

 private:
  const std::string path_;
  bool mounted_ = false;
};

class FullDisk : public Journey {
 protected:
  void SetUp() override {
    ASSERT_EQ(geteuid(), 0) << "mounting a small disk takes root";
    disk_ = std::make_unique<SmallDisk>(folder_.Path("disk"));
    ASSERT_TRUE(disk_->mounted()) << "no file system can be mounted here";
    BrokerOptions options;
    options.ledger_path = folder_.Path("disk/ledger.db");
    StartStack(Unlimited(), options);
    grant_ = Consent(kAnn);
  }

  void TearDown() override { StopStack(); }

  // Refreshes until one is refused, as the disk is full.
  Outcome RefreshUntilFull() {
    disk_->Fill();
    Outcome outcome;
    v1::AccessToken token = GetToken(kAnn).value;
    Eventually([&] {
      const auto next = Refresh(token, kAnn);
      if (next.ok()) token = next.value;
      outcome = next.outcome;
      return !next.ok();
    });
    return outcome;
  }

  const TemporaryFolder folder_;
  std::unique_ptr<SmallDisk> disk_;
  v1::Grant grant_;
};

TEST_F(FullDisk, RefusesWritesByNameAndServesWhatItHas) {
  const Outcome refused = RefreshUntilFull();
  EXPECT_EQ(refused.code, grpc::StatusCode::UNAVAILABLE) << refused;
  EXPECT_EQ(refused.reason, "LEDGER_UNAVAILABLE");
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(FullDisk, LosesNothingOnceThereIsRoomAgain) {
  RefreshUntilFull();
  disk_->Free();
  EXPECT_TRUE(
      Eventually([&] { return Refresh(GetToken(kAnn).value, kAnn).ok(); }));
  EXPECT_EQ(Grant(grant_.id()).state(), v1::Grant::ACTIVE);
}

TEST_F(FullDisk, StartOfANewLedgerSaysSo) {
  ASSERT_EQ(broker().Stop(), 0);
  disk_->Fill();
  for (const char* name : {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) {
    std::filesystem::remove(folder_.Path(absl::StrCat("disk/", name)));
  }
  disk_->Fill();
  const Finished refused =
      broker().RunToEnd({"--config", broker().ConfigPath()});
  EXPECT_EQ(refused.exit, kCouldNotStart);
  EXPECT_THAT(refused.errors, HasSubstr("full"));
}

}  // namespace
}  // namespace bursar::journey

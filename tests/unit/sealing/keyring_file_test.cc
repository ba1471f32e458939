#include "server/sealing/keyring_file.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/sealing/keyring.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class KeyringFileTest : public testing::Test {
 protected:
  KeyringFileTest() {
    EXPECT_TRUE(Keyring::Create(path_, random_).ok());
    first_ = ListKeys(path_)->at(0).id;
  }

  std::string Add() {
    const auto id = AddKey(path_, random_, nullptr);
    EXPECT_TRUE(id.ok()) << id.status();
    return id.value_or("");
  }

  std::string Content() const {
    std::ifstream file(path_);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  // How many files there are beside the lock: none that was left lying about.
  std::ptrdiff_t Files() const {
    std::filesystem::remove(path_ + ".lock");
    return std::distance(std::filesystem::directory_iterator(folder_.path()),
                         {});
  }

  // Starts a process that runs `change` so often; it exits with how often that
  // failed.
  static pid_t Start(int times, const std::function<bool(int)>& change) {
    const pid_t process = fork();
    if (process != 0) return process;
    int failed = 0;
    for (int time = 0; time < times; ++time) failed += change(time) ? 0 : 1;
    _exit(failed);
  }
  static int ExitOf(pid_t process) {
    int status = 0;
    EXPECT_EQ(waitpid(process, &status, 0), process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  SystemRandom random_;
  const TemporaryFolder folder_;
  const std::string path_ = folder_.Path("keyring");
  std::string first_;
};

TEST_F(KeyringFileTest, AnAddedKeySealsAndTheOldOneStillOpens) {
  const std::string added = Add();
  const auto keyring = Keyring::Load(path_);
  ASSERT_TRUE(keyring.ok()) << keyring.status();
  EXPECT_EQ(keyring->Ids(), (std::vector{added, first_}));
  EXPECT_NE(keyring->primary().bytes.Expose(),
            keyring->Find(first_)->bytes.Expose());
}

TEST_F(KeyringFileTest, WhatElseTheFileSaysStays) {
  std::ofstream(path_, std::ios::app) << "# a remark of the operator's\n";
  Add();
  EXPECT_THAT(Content(), HasSubstr("# a remark of the operator's\n"));
  EXPECT_THAT(Content(), StartsWith("# Keys of a bursar ledger"));
  ASSERT_TRUE(RemoveKey(path_, first_).ok());
  EXPECT_EQ(ListKeys(path_)->size(), 1u);
  EXPECT_THAT(Content(), HasSubstr("# a remark of the operator's\n"));
}

TEST_F(KeyringFileTest, ARemovedKeyIsNowhereInTheFile) {
  const std::string added = Add();
  ASSERT_TRUE(RemoveKey(path_, first_).ok());
  EXPECT_FALSE(absl::StrContains(Content(), first_));
  EXPECT_EQ(Keyring::Load(path_)->Ids(), std::vector{added});
}

TEST_F(KeyringFileTest, ProcessesThatChangeItAtOnceLoseNoKey) {
  constexpr int kTimes = 60;
  std::vector<std::string> old = {first_};
  for (int key = 1; key < kTimes; ++key) old.push_back(Add());
  Add();
  const auto add = [this](int) {
    SystemRandom random;
    return AddKey(path_, random, nullptr).ok();
  };
  const auto remove = [&](int time) {
    return RemoveKey(path_, old[time]).ok();
  };
  const std::vector<pid_t> processes = {Start(kTimes, add), Start(kTimes, add),
                                        Start(kTimes, remove)};
  for (const pid_t process : processes) EXPECT_EQ(ExitOf(process), 0);
  const auto keys = ListKeys(path_);
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(keys->size(), 2 * kTimes + 1);
}

TEST_F(KeyringFileTest, NoLockIsMadeBesideWhatIsNoKeyFile) {
  const std::string elsewhere = folder_.Path("elsewhere");
  EXPECT_TRUE(absl::IsNotFound(AddKey(elsewhere, random_, nullptr).status()));
  EXPECT_FALSE(std::filesystem::exists(elsewhere + ".lock"));
}

TEST_F(KeyringFileTest, TheKeyThatSealsIsNotRemoved) {
  const std::string added = Add();
  const std::string before = Content();
  EXPECT_TRUE(absl::IsFailedPrecondition(RemoveKey(path_, added)));
  EXPECT_EQ(Content(), before);
}

TEST_F(KeyringFileTest, AKeyThatIsNotThereIsNamed) {
  const absl::Status status = RemoveKey(path_, "key-other");
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(status.message(), HasSubstr("key-other"));
}

TEST_F(KeyringFileTest, TheFileStaysItsOwnersAlone) {
  Add();
  struct stat status;
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(Files(), 1);
}

TEST_F(KeyringFileTest, ALinkToItStaysALink) {
  const std::string link = folder_.Path("link");
  std::filesystem::create_symlink(path_, link);
  ASSERT_TRUE(AddKey(link, random_, nullptr).ok());
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(ListKeys(path_)->size(), 2u);
}

TEST_F(KeyringFileTest, ABrokenFileIsLeftAsItIs) {
  std::ofstream(path_, std::ios::app) << "no key\n";
  const std::string before = Content();
  EXPECT_FALSE(AddKey(path_, random_, nullptr).ok());
  EXPECT_FALSE(RemoveKey(path_, first_).ok());
  EXPECT_EQ(Content(), before);
  EXPECT_EQ(Files(), 1);
}

TEST_F(KeyringFileTest, AWrappedKeyWithoutItsTokenIsRefused) {
  std::ofstream(path_, std::ios::app) << "key-w pkcs11:AAEC\n";
  const auto keyring = Keyring::Load(path_);
  ASSERT_FALSE(keyring.ok());
  EXPECT_THAT(keyring.status().message(),
              testing::AllOf(HasSubstr(":4: "), HasSubstr("pkcs11"),
                             testing::Not(HasSubstr("AAEC"))));
}

}  // namespace
}  // namespace bursar

// What a changed key file does to a server that runs.

#include "server/sealing/live_keyring.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/random.h"
#include "server/core/reason.h"
#include "server/sealing/keyring_file.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

using testing::HasSubstr;

class LiveKeyringTest : public testing::Test {
 protected:
  LiveKeyringTest() {
    // With the key that the ledger has by now, and another before it.
    EXPECT_TRUE(Keyring::Create(path_, random_).ok());
    ledger_.sealer().Replace(
        Keyring::Load(path_)->JoinedBy(*ledger_.sealer().keyring()));
    EXPECT_TRUE(Run(&Journal::Write, [](Ledger& l) {
                  return l.resealing().Reseal({}, 1000).status();
                }).ok());
    ledger_.sealer().Replace(*Keyring::Load(path_));
    first_ = ledger_.sealer().KeyIds().front();
  }
  ~LiveKeyringTest() override { ledger_.Close(); }

  absl::Status Run(void (Journal::*run)(Journal::Work, Journal::Done),
                   Journal::Work work) {
    std::promise<absl::Status> end;
    (ledger_.journal().*run)(std::move(work), [&end](absl::Status status) {
      end.set_value(std::move(status));
    });
    return end.get_future().get();
  }

  std::string Add() { return *AddKey(path_, random_, nullptr); }

  absl::Status Reread() {
    std::promise<absl::Status> told;
    keys_.Reread(
        [&told](absl::Status status) { told.set_value(std::move(status)); });
    executor_.Advance(absl::ZeroDuration());
    return told.get_future().get();
  }

  std::vector<std::string> Ids() { return ledger_.sealer().KeyIds(); }

  SystemRandom random_;
  ManualClock clock_;
  ManualExecutor executor_;
  TemporaryLedger ledger_{random_, clock_};
  const std::string path_ = ledger_.folder() + "/live";
  std::string first_;
  FilesInForce in_force_;
  LiveKeyring keys_{{{path_}, [this] { return Keyring::Load(path_); }},
                    ledger_.sealer(),
                    ledger_.journal(),
                    in_force_,
                    clock_,
                    executor_};
};

TEST_F(LiveKeyringTest, AnAddedKeySealsFromNowOn) {
  const std::string added = Add();
  ASSERT_TRUE(Reread().ok());
  EXPECT_EQ(Ids(), (std::vector{added, first_}));
}

TEST_F(LiveKeyringTest, AChangedFileIsTakenByItself) {
  int changes = 0;
  keys_.Start([&] { ++changes; });
  executor_.Advance(absl::ZeroDuration());
  const std::string added = Add();
  executor_.Advance(2 * FileWatch::kInterval);
  ASSERT_TRUE(
      Run(&Journal::Write, [](Ledger&) { return absl::OkStatus(); }).ok());
  EXPECT_EQ(Ids().front(), added);
  EXPECT_EQ(changes, 1);
}

TEST_F(LiveKeyringTest, ABrokenFileIsRefusedAndTheKeysStay) {
  std::ofstream(path_, std::ios::app) << "no key\n";
  const absl::Status status = Reread();
  const auto refusal = RefusalOf(status);
  ASSERT_TRUE(refusal) << status;
  EXPECT_EQ(refusal->reason, Reason::kKeyUnavailable);
  EXPECT_THAT(refusal->message, HasSubstr(absl::StrCat(path_, ":4: ")));
  EXPECT_EQ(Ids(), std::vector{first_});
}

TEST_F(LiveKeyringTest, ARefusedFileIsKnownUntilItIsMended) {
  const FilesTogether files{"keyring", {path_}};
  const std::string aside = path_ + ".aside";
  std::filesystem::rename(path_, aside);
  EXPECT_FALSE(Reread().ok());
  EXPECT_TRUE(in_force_.States().at(files).refused);
  std::filesystem::rename(aside, path_);
  EXPECT_TRUE(Reread().ok());
  EXPECT_FALSE(in_force_.States().at(files).refused);
  EXPECT_EQ(in_force_.States().at(files).taken, clock_.Now());
}

TEST_F(LiveKeyringTest, AMissingFileIsRefusedAndTheKeysStay) {
  std::filesystem::remove(path_);
  EXPECT_FALSE(Reread().ok());
  EXPECT_EQ(Ids(), std::vector{first_});
}

TEST_F(LiveKeyringTest, AKeyThatTheLedgerNeedsMayNotGo) {
  Add();
  ASSERT_TRUE(Reread().ok());
  const std::vector<std::string> before = Ids();
  ASSERT_TRUE(RemoveKey(path_, first_).ok());
  const absl::Status status = Reread();
  EXPECT_THAT(std::string(status.message()), HasSubstr(first_));
  EXPECT_EQ(Ids(), before);
}

TEST_F(LiveKeyringTest, AKeyThatTheLedgerDoesNotNeedGoes) {
  const std::string added = Add();
  ASSERT_TRUE(Reread().ok());
  ASSERT_TRUE(Run(&Journal::Write, [](Ledger& l) {
                return l.resealing().Reseal({}, 1000).status();
              }).ok());
  ASSERT_TRUE(RemoveKey(path_, first_).ok());
  EXPECT_TRUE(Reread().ok());
  EXPECT_EQ(Ids(), std::vector{added});
}

TEST_F(LiveKeyringTest, AnotherKeyOfTheSameIdIsRefused) {
  std::filesystem::remove(path_);
  std::ofstream(path_) << first_
                       << " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
  std::filesystem::permissions(path_, std::filesystem::perms::owner_read);
  EXPECT_THAT(std::string(Reread().message()), HasSubstr("ids differ"));
}

TEST_F(LiveKeyringTest, WhoAsksWhileItIsReadIsToldOfWhatIsThereThen) {
  std::promise<absl::Status> first;
  std::promise<absl::Status> second;
  keys_.Reread([&](absl::Status status) { first.set_value(status); });
  const std::string added = Add();
  keys_.Reread([&](absl::Status status) { second.set_value(status); });
  executor_.Advance(absl::ZeroDuration());
  EXPECT_TRUE(first.get_future().get().ok());
  EXPECT_TRUE(second.get_future().get().ok());
  EXPECT_EQ(Ids().front(), added);
}

}  // namespace
}  // namespace bursar

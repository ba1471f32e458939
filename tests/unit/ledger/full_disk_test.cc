#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/reason.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

using testing::HasSubstr;

// A disk of one megabyte, mounted where the test may fill it.
class FullDiskTest : public testing::Test {
 protected:
  void SetUp() override {
    mkdir(disk().c_str(), 0700);
    if (mount("tmpfs", disk().c_str(), "tmpfs", 0, "size=1m") != 0) {
      FAIL() << "needs the right to mount: " << std::strerror(errno);
    }
    mounted_ = true;
  }
  void TearDown() override {
    if (mounted_) umount2(disk().c_str(), MNT_DETACH);
  }

  std::string disk() const { return folder_.folder() + "/disk"; }
  std::string path() const { return disk() + "/ledger.db"; }
  std::string filler() const { return disk() + "/filler"; }

  // Leaves no page free.
  void Fill() {
    std::ofstream file(filler(), std::ios::binary);
    while (file.write(std::string(4096, 'x').data(), 4096).flush()) {
    }
  }

  absl::Status WriteEvents(Journal& journal) {
    return RunWrite(journal, [this](Ledger& ledger) {
      Event event;
      event.time = folder_.now();
      event.kind = "test";
      event.outcome = std::string(100'000, 'o');
      return ledger.events().Append(event);
    });
  }

  LedgerFolder folder_;
  bool mounted_ = false;
};

TEST_F(FullDiskTest, ANewLedgerIsRefusedAndLeavesNoFile) {
  Fill();
  EXPECT_THAT(RefusalText(folder_.OpenAt(path())),
              HasSubstr("its disk is full"));
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(FullDiskTest, AnOldLedgerIsRefused) {
  ASSERT_TRUE(folder_.OpenAt(path()).ok());
  Fill();
  EXPECT_THAT(RefusalText(folder_.OpenAt(path())),
              HasSubstr("its disk is full"));
}

TEST_F(FullDiskTest, AWriteIsRefusedWholeAndWorksAgainWithRoom) {
  const auto journal = folder_.OpenAt(path());
  ASSERT_TRUE(journal.ok()) << journal.status();
  Fill();
  const absl::Status refused = WriteEvents(**journal);
  const auto refusal = RefusalOf(refused);
  ASSERT_TRUE(refusal) << refused;
  EXPECT_EQ(refusal->reason, Reason::kLedgerUnavailable);
  EXPECT_THAT(refusal->message, HasSubstr("its disk is full"));
  std::filesystem::remove(filler());
  const absl::Status written = WriteEvents(**journal);
  EXPECT_TRUE(written.ok()) << written;
  const auto page = RunRead(
      **journal, [](Ledger& ledger) { return ledger.events().List({}, {}); });
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].id, 1);
}

TEST_F(FullDiskTest, AReadOnlyFolderIsRefused) {
  ASSERT_EQ(
      mount(nullptr, disk().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr),
      0);
  EXPECT_THAT(RefusalText(folder_.OpenAt(path())),
              HasSubstr("cannot be written to"));
}

}  // namespace
}  // namespace bursar

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/reason.h"
#include "server/ledger/database.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class OpenTest : public testing::Test {
 protected:
  // A ledger with something in it, closed again.
  void MakeLedger() {
    const auto journal = folder_.Open();
    ASSERT_TRUE(journal.ok()) << journal.status();
    ASSERT_TRUE(RunWrite(**journal, [this](Ledger& ledger) {
                  return AddClient(ledger, folder_.now());
                }).ok());
  }

  void Change(const std::string& sql) {
    auto database = Database::Open(folder_.path());
    ASSERT_TRUE(database.ok()) << database.status();
    ASSERT_TRUE((*database)->Execute(sql).ok());
  }

  // Opens, and sees that the refusal left the file as it was.
  std::string Refused() {
    const std::string before = ReadBytes(folder_.path());
    const auto journal = folder_.Open();
    EXPECT_EQ(ReadBytes(folder_.path()), before);
    return RefusalText(journal);
  }

  LedgerFolder folder_;
};

TEST_F(OpenTest, WhatWasWrittenIsThereAfterwards) {
  MakeLedger();
  const auto journal = folder_.Open();
  ASSERT_TRUE(journal.ok()) << journal.status();
  const auto secret = RunRead(**journal, [](Ledger& ledger) {
    return ledger.client_secrets().Get(ClientName("crm"), DataCenter("us"));
  });
  ASSERT_TRUE(secret.ok() && *secret) << secret.status();
  EXPECT_EQ((*secret)->Expose(), "client-secret");
}

TEST_F(OpenTest, TheFilesAreTheirOwnersAlone) {
  const auto journal = folder_.Open();
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
    struct stat status;
    ASSERT_EQ(stat((folder_.path() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << suffix;
  }
}

TEST_F(OpenTest, ALedgerInUseNamesTheOtherProcess) {
  const auto journal = folder_.Open();
  EXPECT_THAT(RefusalText(folder_.Open()),
              AllOf(HasSubstr("another bursard uses it"),
                    HasSubstr(absl::StrCat("process ", getpid()))));
}

TEST_F(OpenTest, AMissingFolderIsNamed) {
  const std::string folder = folder_.folder() + "/none";
  EXPECT_THAT(RefusalText(folder_.OpenAt(folder + "/ledger.db")),
              HasSubstr(absl::StrCat("there is no folder ", folder)));
}

TEST_F(OpenTest, AReadOnlyFileIsRefused) {
  MakeLedger();
  chmod(folder_.path().c_str(), 0400);
  EXPECT_THAT(Refused(), HasSubstr("it is read-only"));
}

TEST_F(OpenTest, AFileThatIsNoDatabaseIsRefused) {
  WriteBytes(folder_.path(), std::string(5000, 'x'));
  EXPECT_THAT(Refused(), HasSubstr("it is not a ledger"));
}

TEST_F(OpenTest, AnotherProgramsDatabaseIsRefused) {
  WriteBytes(folder_.path(), "");
  Change("CREATE TABLE recipes (name TEXT)");
  EXPECT_THAT(Refused(), HasSubstr("it is not a ledger"));
}

TEST_F(OpenTest, ADamagedLedgerIsRefused) {
  MakeLedger();
  std::string bytes = ReadBytes(folder_.path());
  ASSERT_GT(bytes.size(), 9 * 4096u);
  bytes.replace(2 * 4096, 4096, std::string(4096, '\x5a'));
  WriteBytes(folder_.path(), bytes);
  EXPECT_THAT(Refused(), HasSubstr("it is damaged"));
}

TEST_F(OpenTest, ALedgerOfANewerProgramIsRefused) {
  MakeLedger();
  Change("PRAGMA user_version = 99");
  EXPECT_THAT(Refused(), AllOf(HasSubstr("a newer bursard wrote it"),
                               HasSubstr("schema 99")));
}

TEST_F(OpenTest, AnotherKeyFileIsRefused) {
  MakeLedger();
  folder_.ReplaceKey();
  EXPECT_THAT(Refused(), HasSubstr("the key file is not the one"));
  const auto refusal = RefusalOf(folder_.Open().status());
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, Reason::kKeyUnavailable);
}

}  // namespace
}  // namespace bursar

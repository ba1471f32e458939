#include "server/ledger/migrate.h"

#include <sys/stat.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

constexpr char kFirst[] =
    "PRAGMA application_id = 0x62757273; CREATE TABLE one (x INTEGER);"
    "INSERT INTO one VALUES (1);";

class MigrateTest : public testing::Test {
 protected:
  MigrateTest() {
    WriteBytes(folder_.path(), "");
    database_ = *Database::Open(folder_.path());
  }

  bool HasTable(Database& database, const std::string& name) {
    return *database.Query("SELECT * FROM sqlite_schema WHERE name = ?", {name})
                .Next();
  }

  LedgerFolder folder_;
  std::unique_ptr<Database> database_;
  std::vector<EmbeddedFile> migrations_ = {{"0001_first.sql", kFirst}};
};

TEST_F(MigrateTest, AnEmptyDatabaseGetsAllWithoutACopy) {
  migrations_.push_back({"0002_second.sql", "CREATE TABLE two (x INTEGER)"});
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  EXPECT_TRUE(HasTable(*database_, "one"));
  EXPECT_TRUE(HasTable(*database_, "two"));
  EXPECT_EQ(*SchemaVersion(*database_, migrations_), 2);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + ".before-0"));
}

TEST_F(MigrateTest, AnOlderOneGetsWhatItLacksAndACopyIsKept) {
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  migrations_.push_back({"0002_second.sql", "DROP TABLE one"});
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  EXPECT_FALSE(HasTable(*database_, "one"));
  const std::string kept = folder_.path() + ".before-1";
  struct stat status;
  ASSERT_EQ(stat(kept.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  auto copy = Database::Open(kept);
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_TRUE(HasTable(**copy, "one"));
  EXPECT_EQ(*SchemaVersion(**copy, migrations_), 1);
}

TEST_F(MigrateTest, AMigrationThatFailsLeavesNothing) {
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  migrations_.push_back({"0002_second.sql", "CREATE TABLE two (x INTEGER)"});
  migrations_.push_back({"0003_third.sql", "CREATE NONSENSE"});
  EXPECT_FALSE(Migrate(*database_, migrations_).ok());
  EXPECT_FALSE(HasTable(*database_, "two"));
  EXPECT_EQ(*SchemaVersion(*database_, migrations_), 1);
}

TEST_F(MigrateTest, ATableThatOthersReferToCanBeMadeAnew) {
  migrations_.push_back(
      {"0002_second.sql",
       "CREATE TABLE parent (x INTEGER PRIMARY KEY);"
       "CREATE TABLE child (y INTEGER REFERENCES parent (x));"
       "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);"});
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  migrations_.push_back(
      {"0003_third.sql",
       "CREATE TABLE new (x INTEGER PRIMARY KEY);"
       "INSERT INTO new SELECT * FROM parent; DROP TABLE parent;"
       "ALTER TABLE new RENAME TO parent;"});
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  EXPECT_FALSE(database_->Execute("INSERT INTO child VALUES (2)").ok());
  EXPECT_TRUE(database_->Execute("INSERT INTO child VALUES (1)").ok());
}

TEST_F(MigrateTest, AReferenceThatLeadsNowhereAfterwardsIsAFailure) {
  migrations_.push_back(
      {"0002_second.sql",
       "CREATE TABLE parent (x INTEGER PRIMARY KEY);"
       "CREATE TABLE child (y INTEGER REFERENCES parent (x));"
       "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);"});
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  migrations_.push_back({"0003_third.sql", "DELETE FROM parent"});
  EXPECT_FALSE(Migrate(*database_, migrations_).ok());
  EXPECT_EQ(*SchemaVersion(*database_, migrations_), 2);
  EXPECT_FALSE(database_->Execute("DELETE FROM parent").ok());
}

TEST_F(MigrateTest, AnUpToDateOneIsLeftAlone) {
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  ASSERT_TRUE(Migrate(*database_, migrations_).ok());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + ".before-1"));
}

}  // namespace
}  // namespace bursar

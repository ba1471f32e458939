#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/ledger/database.h"
#include "server/ledger/sealed_columns.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

// A ledger with one active grant, and a connection of the test's own to it.
class SchemaTest : public testing::Test {
 protected:
  void SetUp() override {
    {
      const auto journal = folder_.Open();
      ASSERT_TRUE(journal.ok()) << journal.status();
      ASSERT_TRUE(RunWrite(**journal, [this](Ledger& ledger) {
                    const auto status = AddClient(ledger, folder_.now());
                    return status.ok() ? AddGrant(ledger, "g1", folder_.now())
                                       : status;
                  }).ok());
      ASSERT_TRUE(RunWrite(**journal, [](Ledger& ledger) {
                    Event event;
                    event.kind = "test";
                    event.time = absl::UnixEpoch();
                    return ledger.events().Append(event);
                  }).ok());
    }
    database_ = *Database::Open(folder_.path());
    ASSERT_TRUE(database_->Execute("PRAGMA foreign_keys = ON").ok());
  }

  bool Refuses(const std::string& sql) { return !database_->Execute(sql).ok(); }

  LedgerFolder folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(SchemaTest, AnActiveGrantHasAnActiveRefreshToken) {
  EXPECT_TRUE(Refuses(
      "UPDATE refresh_tokens SET state = 'dead', ended = 1, value = NULL, "
      "value_key_id = NULL"));
}

TEST_F(SchemaTest, AnEndedGrantHasNoActiveRefreshToken) {
  EXPECT_TRUE(Refuses("UPDATE grants SET state = 'revoked', ended = 1"));
}

TEST_F(SchemaTest, AGrantHasNoSecondActiveRefreshToken) {
  EXPECT_TRUE(Refuses(
      "INSERT INTO refresh_tokens (grant_number, generation, digest, value, "
      "value_key_id, state, created) SELECT grant_number, 2, digest, value, "
      "value_key_id, state, created FROM refresh_tokens"));
}

TEST_F(SchemaTest, AGrantAndItsRefreshTokenEndTogether) {
  EXPECT_FALSE(Refuses(
      "BEGIN; UPDATE grants SET state = 'revoked', ended = 1; "
      "UPDATE refresh_tokens SET state = 'dead', ended = 1, value = NULL, "
      "value_key_id = NULL; COMMIT"));
}

TEST_F(SchemaTest, ADeadReasonIsSetExactlyInConsentRequired) {
  EXPECT_TRUE(Refuses("UPDATE grants SET dead_reason = 'evicted'"));
  EXPECT_TRUE(Refuses(
      "BEGIN; UPDATE grants SET state = 'consent_required', ended = 1"));
}

TEST_F(SchemaTest, OnlyWhatNothingRenewsExpires) {
  EXPECT_TRUE(Refuses(
      "BEGIN; UPDATE grants SET state = 'consent_required', ended = 1, "
      "dead_reason = 'expired'; UPDATE refresh_tokens SET state = 'dead', "
      "ended = 1, value = NULL, value_key_id = NULL; COMMIT"));
}

TEST_F(SchemaTest, AGrantThatNoRefreshTokenRenewsHasNone) {
  EXPECT_TRUE(Refuses("UPDATE grants SET renewal = 'none'"));
}

TEST_F(SchemaTest, AnOrganizationIsOfClientCredentials) {
  EXPECT_TRUE(Refuses("UPDATE grants SET organization = 'service.1'"));
}

TEST_F(SchemaTest, ARevocationIsOfARevokedRefreshToken) {
  EXPECT_TRUE(Refuses(
      "UPDATE refresh_tokens SET revocation = 'pending', next_attempt = 1"));
}

TEST_F(SchemaTest, AValueIsKeptExactlyWhileItIsNeeded) {
  EXPECT_TRUE(
      Refuses("UPDATE refresh_tokens SET value = NULL, value_key_id = NULL"));
}

TEST_F(SchemaTest, EverySealedColumnIsListed) {
  std::set<std::string> listed;
  for (const SealedColumn& sealed : kSealedColumns) {
    listed.insert(absl::StrCat(sealed.table, ".", sealed.column, "_key_id"));
  }
  std::set<std::string> there;
  Statement row = database_->Query(
      "SELECT t.name, c.name FROM sqlite_schema t, "
      "pragma_table_xinfo(t.name) c WHERE t.type = 'table' "
      "AND c.name LIKE '%key_id'");
  while (*row.Next()) there.insert(absl::StrCat(row.Text(0), ".", row.Text(1)));
  EXPECT_EQ(there, listed);
}

TEST_F(SchemaTest, EventsAreAppendedAndNothingElse) {
  EXPECT_TRUE(Refuses("UPDATE events SET kind = 'other'"));
  EXPECT_TRUE(Refuses("DELETE FROM events"));
  EXPECT_TRUE(Refuses("REPLACE INTO events SELECT * FROM events"));
  EXPECT_TRUE(Refuses(
      "INSERT INTO events SELECT 7, time, kind, actor, grant_id, user_id, "
      "client, generation, outcome, hash FROM events"));
}

}  // namespace
}  // namespace bursar

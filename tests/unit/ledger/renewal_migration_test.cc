// What becomes of a ledger that was written before grants could be without a
// refresh token.

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/ledger/migrate.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

using testing::ElementsAre;

// A grant of each fate, with the tokens that go with it: 1 is active, 2 was
// rotated, 3 is presumed evicted, 4 is dead, 5 superseded, 6 revoked.
constexpr char kRowsOfVersion4[] = R"sql(
BEGIN;
INSERT INTO clients (number, name, provider, client_id, data_center,
  redirect_uri, default_scopes, created, updated)
VALUES (1, 'crm', 'zoho', 'id', 'us', '', 'a', 1, 1);
INSERT INTO grants (number, id, user_id, client, data_center, scopes, state,
  dead_reason, generation, created, updated, ended, failures, pause_until,
  pause_reason, superseded_by, presumed_evicted)
VALUES
  (1, 'g1', 'ada', 1, 'us', 'a', 'active', NULL, 3, 1, 2, NULL, 2, 9,
   'PROVIDER_ERROR', NULL, NULL),
  (2, 'g2', 'ada', 1, 'eu', 'a b', 'active', NULL, 2, 1, 2, NULL, 0, NULL,
   NULL, NULL, NULL),
  (3, 'g3', 'bob', 1, 'us', '', 'active', NULL, 1, 1, 2, NULL, 0, NULL, NULL,
   NULL, 7),
  (4, 'g4', 'bob', 1, 'us', 'a', 'consent_required', 'outcome_lost', 1, 1, 5,
   5, 1, NULL, NULL, NULL, NULL),
  (5, 'g5', 'eve', 1, 'us', 'a', 'superseded', NULL, 1, 1, 5, 5, 0, NULL, NULL,
   2, NULL),
  (6, 'g6', 'eve', 1, 'us', 'a', 'revoked', NULL, 1, 1, 5, 5, 0, NULL, NULL,
   NULL, NULL);
INSERT INTO refresh_tokens (number, grant_number, generation, digest, value,
  value_key_id, state, created, ended, revocation, next_attempt)
VALUES
  (1, 1, 0, zeroblob(32), x'7631', 'k', 'active', 1, NULL, 'none', NULL),
  (2, 2, 0, zeroblob(32), NULL, NULL, 'rotated', 1, 2, 'none', NULL),
  (3, 2, 2, zeroblob(32), x'7633', 'k', 'active', 2, NULL, 'none', NULL),
  (4, 3, 0, zeroblob(32), x'7634', 'k', 'active', 1, NULL, 'none', NULL),
  (5, 4, 0, zeroblob(32), NULL, NULL, 'dead', 1, 5, 'none', NULL),
  (6, 6, 0, zeroblob(32), x'7636', 'k', 'revoked', 1, 5, 'pending', 5);
INSERT INTO access_tokens (number, grant_number, generation, digest, value,
  value_key_id, token_type, scopes, api_domain, obtained, expiry)
VALUES (1, 1, 3, zeroblob(32), x'6131', 'k', 'Bearer', 'a', '', 1, 9);
INSERT INTO refresh_notes VALUES (1, 3, 'holder', 4, 1);
INSERT INTO counted_uses (counted, client, user_id, refresh_token, time, until)
VALUES ('access_token', 1, 'ada', 1, 1, 9);
COMMIT;
)sql";

constexpr char kGrantRows[] =
    "SELECT json_array(number, id, user_id, client, data_center, scopes, "
    "state, "
    "dead_reason, generation, created, updated, ended, failures, pause_until, "
    "pause_reason, superseded_by, presumed_evicted, active_number) "
    "FROM grants ORDER BY number";
constexpr char kRefreshTokenRows[] =
    "SELECT json_array(number, grant_number, generation, hex(value), state, "
    "ended, revocation, active_grant) FROM refresh_tokens ORDER BY number";

class RenewalMigrationTest : public testing::Test {
 protected:
  void SetUp() override {
    WriteBytes(folder_.path(), "");
    database_ = *Database::Open(folder_.path());
    ASSERT_TRUE(Execute("PRAGMA foreign_keys = ON"));
    const std::vector<EmbeddedFile> before(SqliteMigrations().begin(),
                                           SqliteMigrations().begin() + 4);
    ASSERT_TRUE(Migrate(*database_, before).ok());
    ASSERT_TRUE(Execute(kRowsOfVersion4));
    grants_ = Rows(kGrantRows);
    refresh_tokens_ = Rows(kRefreshTokenRows);
    const absl::Status migrated = Migrate(*database_, SqliteMigrations());
    ASSERT_TRUE(migrated.ok()) << migrated;
  }

  bool Execute(const std::string& sql) { return database_->Execute(sql).ok(); }

  // The first column of each row.
  std::vector<std::string> Rows(const std::string& sql) {
    std::vector<std::string> rows;
    Statement row = database_->Query(sql);
    while (row.Next().value_or(false)) rows.push_back(row.Text(0));
    return rows;
  }

  LedgerFolder folder_;
  std::unique_ptr<Database> database_;
  std::vector<std::string> grants_;
  std::vector<std::string> refresh_tokens_;
};

TEST_F(RenewalMigrationTest, EveryGrantAndTokenIsKept) {
  ASSERT_EQ(grants_.size(), 6u);
  ASSERT_EQ(refresh_tokens_.size(), 6u);
  EXPECT_EQ(Rows(kGrantRows), grants_);
  EXPECT_EQ(Rows(kRefreshTokenRows), refresh_tokens_);
  EXPECT_THAT(Rows("SELECT hex(value) FROM access_tokens"),
              ElementsAre("6131"));
  EXPECT_THAT(Rows("SELECT holder FROM refresh_notes"), ElementsAre("holder"));
  EXPECT_THAT(Rows("SELECT user_id FROM counted_uses"), ElementsAre("ada"));
}

TEST_F(RenewalMigrationTest, EveryGrantIsRenewedByARefreshTokenStill) {
  EXPECT_THAT(Rows("SELECT DISTINCT renewal || organization FROM grants"),
              ElementsAre("refresh_token"));
  EXPECT_THAT(Rows("SELECT response_type FROM clients"), ElementsAre("code"));
}

TEST_F(RenewalMigrationTest, AnActiveGrantStillHasAnActiveRefreshToken) {
  EXPECT_FALSE(Execute(
      "UPDATE refresh_tokens SET state = 'dead', ended = 1, value = NULL, "
      "value_key_id = NULL WHERE number = 1"));
  EXPECT_FALSE(Execute(
      "INSERT INTO grants (id, user_id, client, data_center, scopes, renewal, "
      "organization, created, updated) VALUES ('g7', 'ada', 1, 'us', 'a', "
      "'refresh_token', '', 1, 1)"));
  EXPECT_FALSE(Execute(
      "UPDATE grants SET state = 'revoked', ended = 1 WHERE number = 1"));
}

TEST_F(RenewalMigrationTest, AGrantMayNowBeWithoutOne) {
  EXPECT_TRUE(Execute(
      "INSERT INTO grants (id, user_id, client, data_center, scopes, renewal, "
      "organization, created, updated) VALUES ('g7', 'ada', 1, 'us', 'a', "
      "'client_credentials', 'service.1', 1, 1)"));
  // Numbers go on where they were.
  EXPECT_THAT(Rows("SELECT max(number) || '' FROM grants"), ElementsAre("7"));
}

TEST_F(RenewalMigrationTest, WhatRefersToAGrantStillDoes) {
  EXPECT_FALSE(Execute("DELETE FROM grants WHERE number = 6"));
  EXPECT_FALSE(Execute("UPDATE refresh_notes SET grant_number = 99"));
  EXPECT_FALSE(
      Execute("UPDATE grants SET superseded_by = 99 WHERE number = 5"));
}

}  // namespace
}  // namespace bursar

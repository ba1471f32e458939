#include "server/core/event_chain.h"

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/ledger/begin_chain.h"
#include "server/ledger/chain_rows.h"
#include "server/ledger/migrate.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

using testing::HasSubstr;

// A ledger with events, and a connection of the test's own to it, which can do
// what the server never does.
class EventChainTest : public testing::Test {
 protected:
  void SetUp() override {
    journal_ = *folder_.Open();
    database_ = *Database::Open(folder_.path());
  }

  /// Appends `count` events in one transaction.
  void Append(int count, absl::Time time) {
    ASSERT_TRUE(RunWrite(*journal_, [&](Ledger& ledger) {
                  for (int i = 0; i < count; ++i) {
                    Event event;
                    event.time = time;
                    event.kind = "token.refreshed";
                    event.user = UserId(absl::StrCat("user-", i));
                    event.outcome = "ok";
                    const auto status = ledger.events().Append(event);
                    if (!status.ok()) return status;
                  }
                  return absl::OkStatus();
                }).ok());
  }

  absl::StatusOr<RemovedEvents> Remove(absl::Time before) {
    return RunWrite(*journal_, [&](Ledger& ledger) {
      return ledger.audit().Remove(before);
    });
  }

  /// "whole", or the first flaw's event and what it is.
  std::string Verdict() {
    const auto cut = ReadEnd(*database_, "cut");
    ChainWalk walk(notary_, *ReadPublicKey(*database_), *cut);
    const auto flaw = WalkChain(*database_, walk, std::nullopt);
    if (!flaw.ok()) return std::string(flaw.status().message());
    if (!*flaw) return "whole";
    return absl::StrCat((*flaw)->event, ": ", (*flaw)->what);
  }

  /// Past what the schema refuses.
  void Forge(const std::string& sql) {
    ASSERT_TRUE(database_
                    ->Execute("DROP TRIGGER IF EXISTS events_are_never_changed;"
                              "DROP TRIGGER IF EXISTS "
                              "events_are_removed_by_a_cut_alone;"
                              "DROP TRIGGER IF EXISTS event_ends_move_forward;"
                              "DROP TRIGGER IF EXISTS event_ends_stay;")
                    .ok());
    const absl::Status done = database_->Execute(sql);
    ASSERT_TRUE(done.ok()) << done;
  }

  int64_t CountOf(const std::string& table) {
    Statement row =
        database_->Query(absl::StrCat("SELECT count(*) FROM ", table));
    EXPECT_TRUE(*row.Next());
    return row.Int(0);
  }

  LedgerFolder folder_;
  Ed25519Notary notary_;
  std::unique_ptr<SqliteJournal> journal_;
  std::unique_ptr<Database> database_;
};

TEST_F(EventChainTest, WhatTheServerWritesIsWhole) {
  EXPECT_EQ(Verdict(), "whole");
  Append(3, folder_.now());
  EXPECT_EQ(Verdict(), "whole");
  journal_ = nullptr;
  journal_ = *folder_.Open();
  Append(2, folder_.now());
  EXPECT_EQ(Verdict(), "whole");
  const auto ends =
      RunRead(*journal_, [](Ledger& ledger) { return ledger.audit().Ends(); });
  EXPECT_EQ(ends->head.event, 5);
  EXPECT_FALSE(ends->cut.has_value());
}

TEST_F(EventChainTest, AnEditedEventIsFoundWhicheverFieldWasEdited) {
  Append(9, folder_.now());
  for (const char* field :
       {"time = time + 1", "kind = 'x'", "actor = 'x'", "grant_id = 'x'",
        "user_id = 'x'", "client = 'x'", "generation = 1", "outcome = 'x'",
        "hash = zeroblob(32)"}) {
    Forge("CREATE TABLE kept AS SELECT * FROM events WHERE id = 5");
    Forge(absl::StrCat("UPDATE events SET ", field, " WHERE id = 5"));
    EXPECT_THAT(Verdict(), HasSubstr("5: event 5 is not what was recorded"))
        << field;
    Forge(
        "UPDATE events SET (time, kind, actor, grant_id, user_id, client, "
        "generation, outcome, hash) = (SELECT time, kind, actor, grant_id, "
        "user_id, client, generation, outcome, hash FROM kept) WHERE id = 5; "
        "DROP TABLE kept");
    EXPECT_EQ(Verdict(), "whole");
  }
}

TEST_F(EventChainTest, ARemovedEventIsFound) {
  Append(9, folder_.now());
  Forge("DELETE FROM events WHERE id = 4");
  EXPECT_THAT(Verdict(), HasSubstr("4: event 4 is missing"));
}

TEST_F(EventChainTest, AFirstEventThatIsRemovedIsFound) {
  Append(9, folder_.now());
  Forge("DELETE FROM events WHERE id <= 2");
  EXPECT_THAT(Verdict(), HasSubstr("1: events 1 to 2 are missing"));
}

TEST_F(EventChainTest, TwoSwappedEventsAreFoundAtTheFirst) {
  Append(9, folder_.now());
  Forge(
      "UPDATE events SET id = -1 WHERE id = 3; "
      "UPDATE events SET id = 3 WHERE id = 6; "
      "UPDATE events SET id = 6 WHERE id = -1");
  EXPECT_THAT(Verdict(), HasSubstr("3: event 3 is not what was recorded"));
}

TEST_F(EventChainTest, TheSmallestNumberThereIsStandsWhereNoEventCan) {
  Append(9, folder_.now());
  Forge("UPDATE events SET id = -9223372036854775808 WHERE id = 5");
  EXPECT_THAT(Verdict(), HasSubstr("event -9223372036854775808 stands where"));
}

TEST_F(EventChainTest, AnEventThatIsAddedUnderNoNumberIsFound) {
  Append(9, folder_.now());
  Forge(
      "DROP TRIGGER event_ends_begin_at_a_checkpoint; "
      "CREATE TABLE loose AS SELECT * FROM events; DROP TABLE events; "
      "ALTER TABLE loose RENAME TO events");
  EXPECT_EQ(Verdict(), "whole");
  Forge(
      "CREATE TABLE added AS SELECT * FROM events WHERE id = 5; "
      "UPDATE added SET id = 'x'; INSERT INTO events SELECT * FROM added");
  EXPECT_THAT(Verdict(), HasSubstr("event 0 stands where none can"));
}

TEST_F(EventChainTest, ACutThatLeavesRoomForNoEventIsForged) {
  const Secret key = notary_.NewKey();
  const ChainMark cut = SignMark(
      notary_, key, MarkKind::kCut,
      {std::numeric_limits<int64_t>::max(), ChainStart(), folder_.now(), ""});
  const ChainWalk walk(notary_, notary_.PublicKeyOf(key), cut);
  const auto flaw = walk.End(std::nullopt);
  ASSERT_TRUE(flaw.has_value());
  EXPECT_THAT(flaw->what, HasSubstr("the cut"));
}

TEST_F(EventChainTest, ACutTailIsFound) {
  Append(9, folder_.now());
  Forge("DELETE FROM events WHERE id > 6");
  EXPECT_THAT(Verdict(), HasSubstr("7: events 7 to 9 are missing: the tail"));
}

TEST_F(EventChainTest, ATailWithItsHeadPutBackIsFoundByALaterCheckpoint) {
  Append(3, folder_.now());
  Forge("CREATE TABLE kept AS SELECT * FROM event_ends");
  Append(3, folder_.now() + absl::Hours(2));
  Forge(
      "DELETE FROM events WHERE id > 3; DELETE FROM event_ends; "
      "INSERT INTO event_ends SELECT * FROM kept");
  EXPECT_THAT(Verdict(), HasSubstr("4: events 4 to 6 existed when the "
                                   "checkpoint at event 6"));
}

TEST_F(EventChainTest, AChainThatWasHashedAnewIsFoundBySignatures) {
  Append(3, folder_.now());
  Append(3, folder_.now() + absl::Hours(2));
  Forge("UPDATE events SET outcome = 'x' WHERE id = 5");
  // As the server would, had it the key.
  Statement rows = database_->Query(
      "SELECT id, time, kind, actor, grant_id, user_id, client, generation, "
      "outcome FROM events WHERE id >= 5 ORDER BY id");
  Statement fourth = database_->Query("SELECT hash FROM events WHERE id = 4");
  ASSERT_TRUE(*fourth.Next());
  std::string previous = fourth.Text(0);
  std::vector<std::pair<int64_t, std::string>> anew;
  while (*rows.Next()) {
    const Event event = ReadEvent(rows);
    previous = notary_.Hash(EncodeEvent(previous, event));
    anew.emplace_back(event.id, previous);
  }
  for (const auto& [id, hash] : anew) {
    ASSERT_TRUE(
        database_
            ->Query("UPDATE events SET hash = ? WHERE id = ?", {Blob{hash}, id})
            .Run()
            .ok());
  }
  EXPECT_THAT(Verdict(), HasSubstr("4: events 4 to 6 were hashed anew"));
  Forge("DELETE FROM event_checkpoints");
  EXPECT_THAT(Verdict(), HasSubstr("1: events 1 to 6 were hashed anew"));
}

TEST_F(EventChainTest, AForgedOrMissingMarkIsFound) {
  Append(3, folder_.now());
  Forge("UPDATE event_checkpoints SET signature = zeroblob(64)");
  EXPECT_THAT(Verdict(), HasSubstr("the checkpoint at event 3 is not signed"));
  Forge("DELETE FROM event_checkpoints");
  EXPECT_EQ(Verdict(), "whole");
  Forge("UPDATE event_ends SET time = time + 1");
  EXPECT_THAT(Verdict(), HasSubstr("the head, which"));
  Forge("DELETE FROM event_ends");
  EXPECT_THAT(Verdict(), HasSubstr("is missing"));
}

TEST_F(EventChainTest, ASignatureCannotStandForAnotherKindOfMark) {
  Append(3, folder_.now());
  Forge(
      "UPDATE event_ends SET signature = "
      "(SELECT signature FROM event_checkpoints)");
  EXPECT_THAT(Verdict(), HasSubstr("the head, which"));
}

TEST_F(EventChainTest, OldEventsGoUpToACheckpointAndTheRestIsWhole) {
  Append(3, folder_.now());
  Append(3, folder_.now() + absl::Hours(2));
  Append(3, folder_.now() + absl::Hours(4));
  auto removed = Remove(folder_.now() + absl::Hours(3));
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(removed->first, 1);
  EXPECT_EQ(removed->last, 6);
  EXPECT_EQ(CountOf("events"), 3);
  EXPECT_EQ(Verdict(), "whole");
  // The newest stays, however old.
  removed = Remove(absl::InfiniteFuture());
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(removed->last, 0);
  Append(1, folder_.now() + absl::Hours(6));
  removed = Remove(folder_.now() + absl::Hours(5));
  EXPECT_EQ(removed->first, 7);
  EXPECT_EQ(removed->last, 9);
  EXPECT_EQ(Verdict(), "whole");
  EXPECT_EQ(CountOf("events"), 1);
}

TEST_F(EventChainTest, WhatWasTamperedWithIsNotRemoved) {
  Append(3, folder_.now());
  Append(3, folder_.now() + absl::Hours(2));
  Forge("UPDATE events SET outcome = 'x' WHERE id = 2");
  const auto removed = Remove(folder_.now() + absl::Hours(1));
  EXPECT_TRUE(absl::IsDataLoss(removed.status())) << removed.status();
  EXPECT_EQ(CountOf("events"), 6);
}

TEST_F(EventChainTest, AForgedCutIsFound) {
  Append(3, folder_.now());
  Append(3, folder_.now() + absl::Hours(2));
  Forge(
      "INSERT INTO event_ends SELECT 'cut', event_id, hash, time, signature "
      "FROM event_checkpoints WHERE event_id = 3; "
      "DELETE FROM events WHERE id <= 3; "
      "DELETE FROM event_checkpoints WHERE event_id <= 3");
  EXPECT_THAT(Verdict(), HasSubstr("3: the cut"));
}

TEST_F(EventChainTest, TheSchemaLetsOnlyACutAtACheckpointRemove) {
  Append(3, folder_.now());
  Append(3, folder_.now() + absl::Hours(2));
  const auto refuses = [&](const std::string& sql) {
    return !database_->Execute(sql).ok();
  };
  EXPECT_TRUE(refuses("DELETE FROM events WHERE id = 1"));
  EXPECT_TRUE(refuses(
      "INSERT INTO event_ends SELECT 'cut', id, hash, time, zeroblob(64) "
      "FROM events WHERE id = 2"));
  EXPECT_TRUE(refuses(
      "INSERT INTO event_ends SELECT 'cut', id, hash, time, zeroblob(64) "
      "FROM events WHERE id = 6"));
  EXPECT_TRUE(refuses("DELETE FROM event_ends"));
  EXPECT_TRUE(
      refuses("UPDATE event_ends SET event_id = 1 WHERE name = 'head'"));
  ASSERT_TRUE(Remove(folder_.now() + absl::Hours(1)).ok());
  EXPECT_TRUE(refuses("UPDATE event_ends SET event_id = 2 WHERE name = 'cut'"));
  EXPECT_TRUE(refuses("UPDATE event_ends SET event_id = 5 WHERE name = 'cut'"));
  EXPECT_TRUE(refuses("DELETE FROM events WHERE id = 4"));
}

TEST_F(EventChainTest, EventsOfAnOlderLedgerAreChainedWhenItIsOpened) {
  const std::string path = folder_.folder() + "/old.db";
  WriteBytes(path, "");
  auto old = *Database::Open(path);
  const std::vector<EmbeddedFile>& all = SqliteMigrations();
  ASSERT_TRUE(Migrate(*old, {all.begin(), all.begin() + 9}).ok());
  ASSERT_TRUE(
      old->Execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
                   "FROM n WHERE x < 2500) "
                   "INSERT INTO events SELECT x, x, 'old', 'a', 'g', 'u', 'c', "
                   "x, 'ok' FROM n")
          .ok());
  ASSERT_TRUE(Migrate(*old, all).ok());
  ASSERT_TRUE(BeginChain(*old, folder_.sealer(), notary_, folder_.now()).ok());
  // A second time, the key is the same.
  const auto key = BeginChain(*old, folder_.sealer(), notary_, folder_.now());
  ASSERT_TRUE(key.ok()) << key.status();
  database_ = std::move(old);
  EXPECT_EQ(notary_.PublicKeyOf(*key), *ReadPublicKey(*database_));
  EXPECT_EQ(Verdict(), "whole");
  EXPECT_EQ(CountOf("events"), 2500);
  EXPECT_EQ(CountOf("event_checkpoints"), 2);
  Statement row = database_->Query("SELECT * FROM unchained_events");
  EXPECT_FALSE(row.Next().ok());
}

}  // namespace
}  // namespace bursar

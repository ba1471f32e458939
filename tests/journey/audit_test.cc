// A hundred thousand events, and what somebody does to a copy of the ledger:
// each time the tool finds the first place that was touched.

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/ledger/database.h"
#include "tests/conformance/run_work.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/fakes/temporary_ledger.h"
#include "tests/journey/harness/files.h"
#include "tests/journey/harness/process.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr int64_t kEvents = 100'000;
constexpr int64_t kAtOnce = 500;
constexpr int kWhole = 0;
constexpr int kUnreadable = 2;
constexpr int kTampered = 7;

class Audit : public testing::Test {
 protected:
  // Written once, as the server writes them; each test has a copy.
  static void SetUpTestSuite() {
    static SystemRandom random;
    static SystemClock clock;
    ledger_ = new TemporaryLedger(random, clock);
    for (int64_t written = 0; written < kEvents; written += kAtOnce) {
      const absl::Status status =
          RunWrite(ledger_->journal(), [&](Ledger& ledger) {
            return AppendSome(ledger, written, clock.Now());
          });
      ASSERT_TRUE(status.ok()) << status;
    }
    ledger_->Close();
    key_ = new std::string(KeyOf(ledger_->folder() + "/ledger.db"));
  }

  static void TearDownTestSuite() {
    delete key_;
    delete ledger_;
  }

  static absl::Status AppendSome(Ledger& ledger, int64_t written,
                                 absl::Time now) {
    for (int64_t i = 1; i <= kAtOnce; ++i) {
      Event event;
      event.time = now;
      event.kind = "token.refreshed";
      event.actor = Actor("unix:1001");
      event.grant = GrantId(absl::StrCat("grant-", (written + i) % 100));
      event.user = UserId("ann@example.com");
      event.client = ClientName("crm");
      event.generation = written + i;
      event.outcome = absl::StrCat("outcome-", written + i, ".");
      const absl::Status status = ledger.events().Append(event);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  static std::string KeyOf(const std::string& path) {
    const auto database = Database::OpenToRead(path);
    Statement row = (*database)->Query("SELECT public_key FROM event_keys");
    EXPECT_TRUE(*row.Next());
    return row.Text(0);
  }

  Audit() : copy_(folder_.Path("copy.db")) {
    std::filesystem::copy_file(ledger_->folder() + "/ledger.db", copy_);
  }

  /// Writes to the copy, past what the schema refuses.
  void Forge(const std::string& sql) {
    const auto database = Database::Open(copy_);
    ASSERT_TRUE(database.ok()) << database.status();
    const absl::Status done = (*database)->Execute(
        absl::StrCat("DROP TRIGGER events_are_never_changed; "
                     "DROP TRIGGER events_are_removed_by_a_cut_alone; "
                     "DROP TRIGGER event_ends_move_forward; "
                     "DROP TRIGGER event_ends_stay; ",
                     sql));
    ASSERT_TRUE(done.ok()) << done;
  }

  Finished Verify(std::vector<std::string> more = {}) {
    std::vector<std::string> argv = {std::string(kBursarctl), "audit", "verify",
                                     copy_};
    argv.insert(argv.end(), more.begin(), more.end());
    return RunProgram({.argv = std::move(argv), .log = folder_.Path("verify")});
  }

  void ExpectTampered(int64_t event, const std::string& what) {
    const Finished verdict = Verify(
        {"--public-key",
         folder_.Write("key", absl::StrCat(absl::Base64Escape(*key_), "\n"))});
    EXPECT_EQ(verdict.exit, kTampered) << verdict.errors;
    EXPECT_THAT(verdict.errors,
                AllOf(HasSubstr(absl::StrCat("not whole: event ", event, ":")),
                      HasSubstr(what)));
  }

  static TemporaryLedger* ledger_;
  static std::string* key_;
  const TemporaryFolder folder_;
  const std::string copy_;
};

TemporaryLedger* Audit::ledger_ = nullptr;
std::string* Audit::key_ = nullptr;

TEST_F(Audit, WhatTheServerWroteIsWhole) {
  const Finished verdict = Verify({"--public-key", absl::Base64Escape(*key_)});
  EXPECT_EQ(verdict.exit, kWhole) << verdict.errors;
  EXPECT_THAT(verdict.output, AllOf(HasSubstr("whole"), HasSubstr("100000")));
  EXPECT_THAT(verdict.errors, HasSubstr("whole up to event 100000"));
}

TEST_F(Audit, OneFlippedBitIsFound) {
  std::string bytes = ReadFile(copy_);
  const std::size_t place = bytes.find("outcome-54321.");
  ASSERT_NE(place, std::string::npos);
  std::fstream file(copy_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(place));
  file.put(static_cast<char>(bytes[place] ^ 1));
  file.close();
  ExpectTampered(54'321, "edited");
}

TEST_F(Audit, OneRemovedRowIsFound) {
  Forge("DELETE FROM events WHERE id = 31337");
  ExpectTampered(31'337, "removed");
}

TEST_F(Audit, TwoSwappedRowsAreFoundAtTheFirst) {
  Forge(
      "UPDATE events SET id = -1 WHERE id = 70001; "
      "UPDATE events SET id = 70001 WHERE id = 20002; "
      "UPDATE events SET id = 20002 WHERE id = -1");
  ExpectTampered(20'002, "moved from another place");
}

TEST_F(Audit, ACutTailIsFound) {
  Forge("DELETE FROM events WHERE id > 99990");
  ExpectTampered(99'991, "the tail was cut off");
}

TEST_F(Audit, ACutTailWithAForgedHeadIsFound) {
  Forge(
      "DELETE FROM events WHERE id > 99990; UPDATE event_ends SET "
      "(event_id, hash, time) = (SELECT id, hash, time FROM events "
      "WHERE id = 99990) WHERE name = 'head'");
  ExpectTampered(99'501, "the head");
}

TEST_F(Audit, AForgedCheckpointIsFound) {
  Forge(
      "UPDATE event_checkpoints SET signature = "
      "(SELECT signature FROM event_checkpoints ORDER BY event_id LIMIT 1) "
      "WHERE event_id > 50000");
  const Finished verdict = Verify();
  EXPECT_EQ(verdict.exit, kTampered) << verdict.errors;
  EXPECT_THAT(verdict.errors, HasSubstr("the checkpoint at event 50500"));
}

TEST_F(Audit, AForgedCutIsFound) {
  Forge(
      "DELETE FROM events WHERE id <= 500; "
      "INSERT INTO event_ends SELECT 'cut', event_id, hash, time, signature "
      "FROM event_checkpoints WHERE event_id = 500");
  ExpectTampered(500, "the cut");
}

TEST_F(Audit, AnotherKeyIsFound) {
  Forge("UPDATE event_keys SET public_key = zeroblob(32)");
  ExpectTampered(0, "another public key");
}

TEST_F(Audit, ALedgerThatTookThisOnesPlaceLacksTheEventThatIsExpected) {
  const std::string expected = absl::StrCat("90000:", std::string(64, 'a'));
  const Finished verdict = Verify({"--expect", expected});
  EXPECT_EQ(verdict.exit, kTampered);
  EXPECT_THAT(verdict.errors, HasSubstr("90000 has another hash"));
}

TEST_F(Audit, WhatIsNoLedgerIsNotCalledTamperedWith) {
  std::ofstream(copy_, std::ios::trunc) << "no database";
  const Finished verdict = Verify();
  EXPECT_EQ(verdict.exit, kUnreadable);
  EXPECT_THAT(verdict.errors, Not(HasSubstr("not whole")));
}

}  // namespace
}  // namespace bursar::journey

// Copies of a ledger that somebody tampered with, as `bursarctl audit verify`
// reads them: edits, three lines each. The first says which one of kEdits, the
// second which row, the third what to put there: #5 is a number, $0fa0 are
// bytes, ! is nothing, and anything else is text.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/random.h"
#include "server/ledger/chain_rows.h"
#include "server/ledger/open_ledger.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/ed25519_notary.h"
#include "server/sealing/keyring.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

constexpr int kEvents = 9;
constexpr int kMostEdits = 8;

constexpr std::array kEdits = {
    "UPDATE events SET id = ?2 WHERE rowid = ?1",
    "UPDATE events SET time = ?2 WHERE rowid = ?1",
    "UPDATE events SET kind = ?2 WHERE rowid = ?1",
    "UPDATE events SET actor = ?2 WHERE rowid = ?1",
    "UPDATE events SET user_id = ?2 WHERE rowid = ?1",
    "UPDATE events SET generation = ?2 WHERE rowid = ?1",
    "UPDATE events SET outcome = ?2 WHERE rowid = ?1",
    "UPDATE events SET hash = ?2 WHERE rowid = ?1",
    "DELETE FROM events WHERE rowid = ?1 OR rowid = ?2",
    "INSERT INTO events SELECT * FROM events WHERE rowid = ?1 OR rowid = ?2",
    "UPDATE event_checkpoints SET event_id = ?2 WHERE rowid = ?1",
    "UPDATE event_checkpoints SET hash = ?2 WHERE rowid = ?1",
    "UPDATE event_checkpoints SET time = ?2 WHERE rowid = ?1",
    "UPDATE event_checkpoints SET signature = ?2 WHERE rowid = ?1",
    "DELETE FROM event_checkpoints WHERE rowid = ?1 OR rowid = ?2",
    "UPDATE event_ends SET name = ?2 WHERE rowid = ?1",
    "UPDATE event_ends SET event_id = ?2 WHERE rowid = ?1",
    "UPDATE event_ends SET hash = ?2 WHERE rowid = ?1",
    "DELETE FROM event_ends WHERE rowid = ?1 OR rowid = ?2",
    "UPDATE event_keys SET public_key = ?2 WHERE rowid = ?1 OR TRUE",
};

// After those: marks that a forger signs, whose key becomes the ledger's.
enum Forgery { kForgedCheckpoint, kForgedHead, kForgedCut, kForgeries };

template <typename T>
T Want(absl::StatusOr<T> made) {
  Must(made.ok(), made.status().message());
  return *std::move(made);
}

Value ValueOf(absl::string_view text) {
  int64_t number = 0;
  if (text == "!") return std::nullopt;
  if (absl::ConsumePrefix(&text, "#")) {
    return absl::SimpleAtoi(text, &number) ? number : 0;
  }
  if (absl::ConsumePrefix(&text, "$")) {
    const bool is_hex =
        text.size() % 2 == 0 &&
        text.find_first_not_of("0123456789abcdef") == absl::string_view::npos;
    return Blob{is_hex ? absl::HexStringToBytes(text) : std::string(text)};
  }
  return text;
}

// A ledger with a few events and checkpoints, and tables that hold whatever is
// put there. What is done to it is undone.
class Copy {
 public:
  Copy() {
    Fill(TemporaryFolder().path());
    Run("PRAGMA journal_mode = MEMORY");
    Run("DROP TRIGGER event_ends_begin_at_a_checkpoint; "
        "DROP TRIGGER event_ends_move_forward");
    for (const char* table :
         {"events", "event_checkpoints", "event_ends", "event_keys"}) {
      Run(absl::StrCat("CREATE TABLE loose AS SELECT * FROM ", table,
                       "; DROP TABLE ", table, "; ALTER TABLE loose RENAME TO ",
                       table));
    }
    events_ = Events();
    public_key_ = Want(ReadPublicKey(*database_));
  }

  void Run(const std::string& sql) {
    const absl::Status done = database_->Execute(sql);
    Must(done.ok(), done.message());
  }

  void Edit(unsigned which, int row, absl::string_view value) {
    which %= kEdits.size() + kForgeries;
    if (which >= kEdits.size()) {
      return Forge(static_cast<Forgery>(which - kEdits.size()), row, value);
    }
    database_->Query(kEdits[which], {row, ValueOf(value)}).Run().IgnoreError();
  }

  void Verify() {
    const auto key = ReadPublicKey(*database_);
    const auto cut = ReadEnd(*database_, "cut");
    if (!key.ok() || !cut.ok()) return;
    ChainWalk walk(notary_, *key, *cut);
    const auto flaw = WalkChain(*database_, walk, std::nullopt);
    if (!flaw.ok()) return;
    const bool is_as_written = Events() == events_;
    if (*flaw) {
      Must(!(*flaw)->what.empty(), "a flaw is told");
      Must(is_edited_, "what nobody touched is whole");
    } else {
      Must(is_as_written || *key != public_key_,
           "what is whole by the server's key is what the server wrote");
    }
  }

  /// Tries `edits` out, and undoes them.
  void Try(FuzzInput edits) {
    Run("BEGIN");
    is_edited_ = !edits.Rest().empty();
    for (int i = 0; i < kMostEdits && !edits.Rest().empty(); ++i) {
      const auto which = static_cast<unsigned>(edits.Number());
      const int row = edits.Number();
      Edit(which, row, edits.Line());
    }
    Verify();
    Run("ROLLBACK");
  }

 private:
  void Fill(const std::string& folder) {
    SystemRandom random;
    const absl::Time start = absl::FromUnixSeconds(1'750'000'000);
    const std::string keyring = folder + "/keyring";
    Must(Keyring::Create(keyring, random).ok(), "there is room for a key");
    const auto sealer = Want(AeadSealer::Create(Want(Keyring::Load(keyring))));
    auto opened = Want(
        OpenLedger(folder + "/ledger.db", *sealer, notary_, random, start));
    ChainMark newest = Want(ReadNewestEvent(*opened.writer));
    for (int i = 0; i < kEvents; ++i) {
      Event event;
      // Every second one gets a checkpoint.
      event.time = start + i * absl::Minutes(31);
      event.kind = "token.refreshed";
      event.user = UserId(absl::StrCat("user-", i));
      newest = Want(AddEvent(*opened.writer, notary_, newest, event));
      const auto is_signed =
          SignNewest(*opened.writer, notary_, opened.signing_key, newest);
      Must(is_signed.ok(), is_signed.message());
    }
    opened.reader.reset();
    database_ = std::move(opened.writer);
    Run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
  }

  std::vector<std::string> Events() {
    std::vector<std::string> events;
    Statement rows = database_->Query(
        absl::StrCat("SELECT ", kEventColumns, " FROM events ORDER BY id"));
    while (Want(rows.Next())) {
      events.push_back(EncodeEvent("", ReadEvent(rows)));
    }
    return events;
  }

  void Forge(Forgery what, int row, absl::string_view value) {
    int64_t event = 0;
    if (!absl::SimpleAtoi(value, &event)) event = row;
    ChainMark mark{event, HashOf(row), absl::UnixEpoch(), ""};
    const Value key = Blob{notary_.PublicKeyOf(forger_)};
    if (what == kForgedCheckpoint) {
      mark = SignMark(notary_, forger_, MarkKind::kCheckpoint, mark);
      Put("INSERT INTO event_checkpoints VALUES (?, ?, ?, ?)",
          {mark.event, Blob{mark.hash}, mark.time, Blob{mark.signature}});
    } else {
      const bool is_head = what == kForgedHead;
      const char* name = is_head ? "head" : "cut";
      mark = SignMark(notary_, forger_,
                      is_head ? MarkKind::kHead : MarkKind::kCut, mark);
      Put("DELETE FROM event_ends WHERE name = ?", {name});
      Put("INSERT INTO event_ends VALUES (?, ?, ?, ?, ?)",
          {name, mark.event, Blob{mark.hash}, mark.time, Blob{mark.signature}});
    }
    Put("UPDATE event_keys SET public_key = ?", {key});
  }

  void Put(const char* sql, const std::vector<Value>& values) {
    database_->Query(sql, values).Run().IgnoreError();
  }

  std::string HashOf(int row) {
    Statement rows =
        database_->Query("SELECT hash FROM events WHERE rowid = ?", {row});
    return Want(rows.Next()) ? rows.Text(0) : ChainStart();
  }

  const Ed25519Notary notary_{};
  const Secret forger_ = notary_.NewKey();
  std::unique_ptr<Database> database_;
  std::vector<std::string> events_;
  std::string public_key_;
  bool is_edited_ = false;
};

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  static auto& copy = *new Copy;
  copy.Try(FuzzInput(data, size));
  return 0;
}

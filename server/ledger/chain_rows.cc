#include "server/ledger/chain_rows.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

// A checkpoint is due after so many events, or with the first event after so
// long: between two of them a change that was hashed anew cannot be placed, and
// only at one can old events be removed.
constexpr int64_t kCheckpointEvents = 1'000;
constexpr absl::Duration kCheckpointInterval = absl::Hours(1);
constexpr int64_t kProgressEvents = 10'000;

ChainMark ReadMark(const Statement& row) {
  return {row.Int(0), row.Text(1), row.Time(2), row.Text(3)};
}

bool CheckpointIsDue(const ChainMark& newest, const ChainMark& last) {
  return newest.event - last.event >= kCheckpointEvents ||
         newest.time - last.time >= kCheckpointInterval;
}

absl::StatusOr<std::optional<ChainMark>> ReadLastCheckpoint(
    Database& database) {
  Statement row = database.Query(
      "SELECT event_id, hash, time, signature FROM event_checkpoints "
      "ORDER BY event_id DESC LIMIT 1");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return std::nullopt;
  return ReadMark(row);
}

absl::Status AddCheckpoint(Database& database, const ChainMark& mark) {
  return database
      .Query("INSERT INTO event_checkpoints VALUES (?, ?, ?, ?)",
             {mark.event, Blob{mark.hash}, mark.time, Blob{mark.signature}})
      .Run();
}

// The checkpoints in order, one at a time.
class Checkpoints {
 public:
  explicit Checkpoints(Database& database)
      : rows_(database.Query(
            "SELECT event_id, hash, time, signature FROM event_checkpoints "
            "ORDER BY event_id")) {}

  absl::Status Next() {
    const absl::StatusOr<bool> found = rows_.Next();
    if (!found.ok()) return found.status();
    current_.reset();
    if (*found) current_ = ReadMark(rows_);
    return absl::OkStatus();
  }

  const std::optional<ChainMark>& current() const { return current_; }

  /// Checks those of events up to `event`.
  absl::StatusOr<std::optional<ChainFlaw>> CheckUpTo(int64_t event,
                                                     ChainWalk& walk) {
    while (current_ && current_->event <= event) {
      if (auto flaw = walk.Check(*current_)) return flaw;
      if (absl::Status status = Next(); !status.ok()) return status;
    }
    return std::nullopt;
  }

 private:
  Statement rows_;
  std::optional<ChainMark> current_;
};

}  // namespace

const char kEventColumns[] =
    "id, time, kind, actor, grant_id, user_id, client, generation, outcome";

Event ReadEvent(const Statement& row) {
  Event event;
  event.id = row.Int(0);
  event.time = row.Time(1);
  event.kind = row.Text(2);
  event.actor = Actor(row.Text(3));
  event.grant = GrantId(row.Text(4));
  event.user = UserId(row.Text(5));
  event.client = ClientName(row.Text(6));
  event.generation = row.Int(7);
  event.outcome = row.Text(8);
  return event;
}

absl::StatusOr<ChainMark> ReadNewestEvent(Database& database) {
  Statement row = database.Query(
      "SELECT id, hash, time FROM events ORDER BY id DESC LIMIT 1");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return ChainMark{0, ChainStart(), absl::UnixEpoch(), ""};
  return ChainMark{row.Int(0), row.Text(1), row.Time(2), ""};
}

absl::StatusOr<ChainMark> AddEvent(Database& database, const Notary& notary,
                                   const ChainMark& newest, Event event) {
  event.id = newest.event + 1;
  const std::string hash = notary.Hash(EncodeEvent(newest.hash, event));
  const absl::Status status =
      database
          .Query(
              "INSERT INTO events (id, time, kind, actor, grant_id, user_id, "
              "client, generation, outcome, hash) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              {event.id, event.time, event.kind, event.actor, event.grant,
               event.user, event.client, event.generation, event.outcome,
               Blob{hash}})
          .Run();
  if (!status.ok()) return status;
  return ChainMark{event.id, hash, event.time, ""};
}

absl::StatusOr<std::optional<ChainMark>> ReadEnd(Database& database,
                                                 absl::string_view name) {
  Statement row = database.Query(
      "SELECT event_id, hash, time, signature FROM event_ends WHERE name = ?",
      {name});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return std::nullopt;
  return ReadMark(row);
}

absl::Status WriteEnd(Database& database, absl::string_view name,
                      const ChainMark& mark) {
  return database
      .Query(
          "INSERT INTO event_ends VALUES (?1, ?2, ?3, ?4, ?5) "
          "ON CONFLICT (name) DO UPDATE SET "
          "event_id = ?2, hash = ?3, time = ?4, signature = ?5",
          {name, mark.event, Blob{mark.hash}, mark.time, Blob{mark.signature}})
      .Run();
}

absl::StatusOr<std::string> ReadPublicKey(Database& database) {
  Statement row = database.Query("SELECT public_key FROM event_keys");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) {
    return LedgerUnavailable(database.path(), LedgerTrouble::kDamaged);
  }
  return row.Text(0);
}

absl::Status SignNewest(Database& database, const Notary& notary,
                        const Secret& key, const ChainMark& newest) {
  absl::Status status = WriteEnd(
      database, "head", SignMark(notary, key, MarkKind::kHead, newest));
  if (!status.ok() || newest.event == 0) return status;
  const auto last = ReadLastCheckpoint(database);
  if (!last.ok()) return last.status();
  if (*last && !CheckpointIsDue(newest, **last)) return absl::OkStatus();
  return AddCheckpoint(database,
                       SignMark(notary, key, MarkKind::kCheckpoint, newest));
}

absl::StatusOr<std::optional<ChainFlaw>> WalkChain(
    Database& database, ChainWalk& walk, std::optional<int64_t> until,
    const std::function<void(int64_t)>& progress) {
  Checkpoints checkpoints(database);
  if (absl::Status status = checkpoints.Next(); !status.ok()) return status;
  // All of them: in a copy that was tampered with, an id may be no number.
  Statement rows = database.Query(
      absl::StrCat("SELECT ", kEventColumns, ", hash FROM events ORDER BY id"));
  while (true) {
    const absl::StatusOr<bool> found = rows.Next();
    if (!found.ok()) return found.status();
    if (!*found) break;
    const Event event = ReadEvent(rows);
    if (until && event.id > *until) break;
    // Before the first event there is nothing, whatever stands there.
    auto flaw = checkpoints.CheckUpTo(std::max<int64_t>(event.id, 1) - 1, walk);
    if (!flaw.ok() || *flaw) return flaw;
    if (auto here = walk.Next(event, rows.Text(9))) return here;
    if (progress && event.id % kProgressEvents == 0) progress(event.id);
  }
  auto flaw = checkpoints.CheckUpTo(until.value_or(walk.last().event), walk);
  if (!flaw.ok() || *flaw || until) return flaw;
  const auto head = ReadEnd(database, "head");
  if (!head.ok()) return head.status();
  if (auto end = walk.End(*head)) return end;
  // A head of before, put back, does not hide what was signed since.
  return checkpoints.CheckUpTo(std::numeric_limits<int64_t>::max(), walk);
}

}  // namespace bursar

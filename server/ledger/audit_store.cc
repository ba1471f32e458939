#include "server/ledger/audit_store.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "server/ledger/chain_rows.h"

namespace bursar {
namespace {

// About how many events one cut removes: others wait while it does.
constexpr int64_t kRemovedAtOnce = 2'000;

// The newest checkpoint to cut at: an event of 0 if there is none.
absl::StatusOr<ChainMark> FindCut(Database& database, int64_t after,
                                  absl::Time before) {
  Statement row = database.Query(
      "SELECT event_id, hash, time FROM event_checkpoints "
      "WHERE time <= ?1 AND event_id < (SELECT max(id) FROM events) "
      "AND event_id <= max(?2, (SELECT min(event_id) FROM event_checkpoints)) "
      "ORDER BY event_id DESC LIMIT 1",
      {before, after + kRemovedAtOnce});
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return ChainMark();
  return ChainMark{row.Int(0), row.Text(1), row.Time(2), ""};
}

}  // namespace

absl::StatusOr<ChainEnds> SqliteAuditStore::Ends() {
  auto public_key = ReadPublicKey(context_.database);
  if (!public_key.ok()) return public_key.status();
  auto head = ReadEnd(context_.database, "head");
  if (!head.ok()) return head.status();
  auto cut = ReadEnd(context_.database, "cut");
  if (!cut.ok()) return cut.status();
  return ChainEnds{*std::move(public_key), head->value_or(ChainMark()),
                   *std::move(cut)};
}

absl::StatusOr<RemovedEvents> SqliteAuditStore::Remove(absl::Time before) {
  Database& database = context_.database;
  const auto old = ReadEnd(database, "cut");
  if (!old.ok()) return old.status();
  const int64_t removed = *old ? (*old)->event : 0;
  auto cut = FindCut(database, removed, before);
  if (!cut.ok()) return cut.status();
  if (cut->event == 0) return RemovedEvents();
  ChainWalk walk(context_.notary,
                 context_.notary.PublicKeyOf(context_.signing_key), *old);
  const auto flaw = WalkChain(database, walk, cut->event);
  if (!flaw.ok()) return flaw.status();
  if (*flaw) return absl::DataLossError((*flaw)->what);
  absl::Status status = WriteEnd(database, "cut",
                                 SignMark(context_.notary, context_.signing_key,
                                          MarkKind::kCut, *std::move(cut)));
  if (!status.ok()) return status;
  const int64_t last = walk.last().event;
  status = database.Query("DELETE FROM events WHERE id <= ?", {last}).Run();
  if (!status.ok()) return status;
  status =
      database
          .Query("DELETE FROM event_checkpoints WHERE event_id <= ?", {last})
          .Run();
  if (!status.ok()) return status;
  return RemovedEvents{removed + 1, last};
}

absl::Status SqliteAuditStore::SignHead() {
  const auto newest = ReadNewestEvent(context_.database);
  if (!newest.ok()) return newest.status();
  Statement head = context_.database.Query(
      "SELECT event_id FROM event_ends WHERE name = 'head'");
  const absl::StatusOr<bool> found = head.Next();
  if (!found.ok()) return found.status();
  if (*found && head.Int(0) == newest->event) return absl::OkStatus();
  return SignNewest(context_.database, context_.notary, context_.signing_key,
                    *newest);
}

}  // namespace bursar

#include "server/ledger/begin_chain.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/ledger/chain_rows.h"
#include "server/ledger/store_context.h"

namespace bursar {
namespace {

constexpr int64_t kChainedAtOnce = 1'000;
constexpr int64_t kChainedALine = 100'000;

SealedPlace SigningKeyPlace() {
  return PlaceOf("event_keys", "signing_key", 1);
}

absl::StatusOr<std::optional<Secret>> ReadSigningKey(Database& database,
                                                     const Sealer& sealer) {
  Statement row =
      database.Query("SELECT signing_key, signing_key_key_id FROM event_keys");
  const absl::StatusOr<bool> found = row.Next();
  if (!found.ok()) return found.status();
  if (!*found) return std::nullopt;
  absl::StatusOr<Secret> key = OpenSecret(sealer, row, 0, SigningKeyPlace());
  if (!key.ok()) return key.status();
  return *std::move(key);
}

absl::Status WriteSigningKey(Database& database, const Sealer& sealer,
                             const Notary& notary, const Secret& key,
                             absl::Time now) {
  const Sealed sealed = sealer.Seal(key, SigningKeyPlace());
  return database
      .Query("INSERT INTO event_keys VALUES (1, ?, ?, ?, ?)",
             {now, Blob{notary.PublicKeyOf(key)}, Blob{sealed.bytes},
              sealed.key_id})
      .Run();
}

// Signs every so often: where a change that was hashed anew can be placed.
absl::Status ChainOldEvents(Database& database, const Notary& notary,
                            const Secret& key) {
  ChainMark newest{0, ChainStart(), absl::UnixEpoch(), ""};
  Statement rows = database.Query(absl::StrCat(
      "SELECT ", kEventColumns, " FROM unchained_events ORDER BY id"));
  while (true) {
    const absl::StatusOr<bool> found = rows.Next();
    if (!found.ok()) return found.status();
    if (!*found) break;
    auto added = AddEvent(database, notary, newest, ReadEvent(rows));
    if (!added.ok()) return added.status();
    newest = *std::move(added);
    if (newest.event % kChainedALine == 0) {
      log::Info("ledger.chaining", {{"events", newest.event}});
    }
    if (newest.event % kChainedAtOnce != 0) continue;
    absl::Status status = SignNewest(database, notary, key, newest);
    if (!status.ok()) return status;
  }
  return SignNewest(database, notary, key, newest);
}

absl::Status Begin(Database& database, const Sealer& sealer,
                   const Notary& notary, const Secret& key, absl::Time now) {
  absl::Status status = database.Execute("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  status = WriteSigningKey(database, sealer, notary, key, now);
  if (!status.ok()) return status;
  status = ChainOldEvents(database, notary, key);
  if (!status.ok()) return status;
  return database.Execute("DROP TABLE unchained_events; COMMIT");
}

}  // namespace

absl::StatusOr<Secret> BeginChain(Database& database, const Sealer& sealer,
                                  const Notary& notary, absl::Time now) {
  auto known = ReadSigningKey(database, sealer);
  if (!known.ok()) return known.status();
  if (*known) return **std::move(known);
  Secret key = notary.NewKey();
  const absl::Status begun = Begin(database, sealer, notary, key, now);
  if (begun.ok()) return key;
  if (database.InTransaction()) {
    database.Execute("ROLLBACK").IgnoreError();
  }
  return begun;
}

}  // namespace bursar

// Rows of the chain of events: the events themselves, and the marks that are
// signed. Works on one connection, on its thread.

#ifndef BURSAR_SERVER_LEDGER_CHAIN_ROWS_H_
#define BURSAR_SERVER_LEDGER_CHAIN_ROWS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/core/event_chain.h"
#include "server/core/notary.h"
#include "server/core/types.h"
#include "server/ledger/database.h"

namespace bursar {

/// The columns that ReadEvent reads, which come first in a query's.
extern const char kEventColumns[];

Event ReadEvent(const Statement& row);

/// The newest event; the chain's start where there is none.
absl::StatusOr<ChainMark> ReadNewestEvent(Database& database);

/// Adds `event` after `newest`, whatever id it has, and returns it as a mark.
absl::StatusOr<ChainMark> AddEvent(Database& database, const Notary& notary,
                                   const ChainMark& newest, Event event);

/// The row of event_ends with that name, "head" or "cut".
absl::StatusOr<std::optional<ChainMark>> ReadEnd(Database& database,
                                                 absl::string_view name);

absl::Status WriteEnd(Database& database, absl::string_view name,
                      const ChainMark& mark);

/// What the marks are signed for.
absl::StatusOr<std::string> ReadPublicKey(Database& database);

/// Signs `newest` as the head, and as a checkpoint if it is time for one.
absl::Status SignNewest(Database& database, const Notary& notary,
                        const Secret& key, const ChainMark& newest);

/// Walks the chain from behind the cut up to the event `until`, or to the end.
/// The flaw, if there is one; `progress`, if set, is told every so often which
/// event has been reached.
absl::StatusOr<std::optional<ChainFlaw>> WalkChain(
    Database& database, ChainWalk& walk, std::optional<int64_t> until,
    const std::function<void(int64_t event)>& progress = nullptr);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_CHAIN_ROWS_H_

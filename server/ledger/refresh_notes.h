// Notes of refreshes that were begun and have not come to a known end. No
// locking.

#ifndef BURSAR_SERVER_LEDGER_REFRESH_NOTES_H_
#define BURSAR_SERVER_LEDGER_REFRESH_NOTES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/ledger/store_context.h"

namespace bursar {

/// Notes that a refresh begins. Returns whether there was a note already: that
/// of a refresh that never came to a known end, whoever began it. Its process
/// died, its answer was lost, or what came of it could not be stored. The note
/// keeps the time of the first: from then on the provider may have rotated.
absl::StatusOr<bool> WriteNote(const StoreContext& context, int64_t grant,
                               int64_t generation, absl::Time now);

/// Removes this process's note: all is known.
absl::Status EndNote(const StoreContext& context, int64_t grant);

/// Keeps the note: what became of the refresh will not be known.
absl::Status DoubtNote(const StoreContext& context, int64_t grant);

/// Removes this process's note if it is of one refresh alone: what an earlier
/// one left unknown is still unknown.
absl::Status EndNoteUnlessDoubted(const StoreContext& context, int64_t grant);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_REFRESH_NOTES_H_

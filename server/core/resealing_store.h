// Port: all that a ledger has sealed, whatever it is, by the key that it is
// under: a role of a Ledger (ledger.h), whose rules hold here too.

#ifndef BURSAR_SERVER_CORE_RESEALING_STORE_H_
#define BURSAR_SERVER_CORE_RESEALING_STORE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace bursar {

/// How many sealed values are under which key, by the key's id.
using SealedCounts = std::map<std::string, int64_t>;

/// How far a walk over all sealed values has come; a new one is at the start.
struct SealedPosition {
  std::size_t column = 0;
  std::string key_id;
  int64_t number = 0;  ///< The last row's.
};

/// What a stretch of the way held.
struct SealedStretch {
  SealedCounts counts;
  /// Where to go on; nothing at the end.
  std::optional<SealedPosition> next;
};

/// What became of a stretch of the way.
struct ResealedStretch {
  int64_t resealed = 0;
  /// What does not open, and stays as it is.
  SealedCounts unopened;
  std::optional<SealedPosition> next;
};

/// A resealing that was begun and has not come to its end.
struct ResealingNote {
  absl::Time begun;
  /// Values sealed anew so far.
  int64_t resealed = 0;
};

class ResealingStore {
 public:
  virtual ~ResealingStore() = default;

  /// The ids of the keys that anything is under, in order. As quick on a large
  /// ledger as on a small one.
  virtual absl::StatusOr<std::vector<std::string>> KeysInUse() = 0;

  /// Counts on from `from`, up to `limit` values.
  virtual absl::StatusOr<SealedStretch> Count(const SealedPosition& from,
                                              int64_t limit) = 0;

  /// Goes on from `from` over what is not under the sealer's primary key, up to
  /// `limit` values, and seals each anew under that, for the place that it has.
  /// Adds to the note, if there is one.
  virtual absl::StatusOr<ResealedStretch> Reseal(const SealedPosition& from,
                                                 int64_t limit) = 0;

  /// Notes that a resealing has begun; the note that is there already stays.
  /// Must return whether there was none.
  virtual absl::StatusOr<bool> Begin(absl::Time now) = 0;

  /// The note, if there is one.
  virtual absl::StatusOr<std::optional<ResealingNote>> Begun() = 0;

  /// Takes the note away.
  virtual absl::Status End() = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_RESEALING_STORE_H_

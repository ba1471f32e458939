// Seals everything anew under the primary key, in short writes with others'
// between them. That it was begun is noted in the ledger, and what is still to
// do are the values that are under other keys: so it goes on after a crash.
// Thread-safe. Dependencies are borrowed and must outlive this object, the
// executor's tasks included.

#ifndef BURSAR_SERVER_CORE_KEY_ROTATION_H_
#define BURSAR_SERVER_CORE_KEY_ROTATION_H_

#include <cstdint>
#include <mutex>
#include <optional>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/core/journal.h"
#include "server/core/key_census.h"
#include "server/core/key_source.h"
#include "server/core/resealing_store.h"
#include "server/core/sealer.h"
#include "server/core/types.h"

namespace bursar {

/// How far a rotation has come.
struct KeyRotationProgress {
  enum class State { kCounting, kResealing, kEnded };

  State state = State::kCounting;
  absl::Time begun;
  /// Values sealed anew since it was begun, over restarts.
  int64_t resealed = 0;
  /// Values still under other keys; known once they are counted.
  int64_t remaining = 0;
  /// Those of them that no key at hand opens.
  int64_t unopened = 0;
};

class KeyRotation {
 public:
  using Begun = absl::AnyInvocable<void(absl::StatusOr<KeyRotationProgress>)>;

  KeyRotation(Journal& journal, const Sealer& sealer, Executor& executor,
              const Clock& clock);

  /// Begins one, or goes on with the one that was, after a look for changed
  /// keys in `source`. Told when that is durable.
  void Begin(KeySource& source, const Actor& actor, absl::Time now,
             Begun begun);

  /// Goes on with what was begun, from the start of the way, if anything was.
  /// Call it at start, and when the keys have changed.
  void Resume();

  /// Of the last one since this process began; nothing if there was none.
  std::optional<KeyRotationProgress> Progress() const;

 private:
  /// Drops what goes on, and begins to count: the new run's number.
  int64_t Start(const ResealingNote& note);
  void Count(int64_t run);
  void Counted(int64_t run, const absl::StatusOr<SealedCounts>& counts);
  void Reseal(int64_t run, const SealedPosition& from);
  void Resealed(int64_t run, const SealedPosition& from,
                const absl::Status& status, const ResealedStretch& stretch);
  void End(int64_t run);
  bool IsCurrent(int64_t run) const;

  Journal& journal_;
  const Sealer& sealer_;
  Executor& executor_;
  const Clock& clock_;
  KeyCensus census_;

  mutable std::mutex mutex_;
  // Guarded by mutex_. What belongs to an earlier run comes to nothing.
  int64_t run_ = 0;
  std::optional<KeyRotationProgress> progress_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_KEY_ROTATION_H_

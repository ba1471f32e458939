#include "tests/journey/under_test/dying_journal.h"

#include <signal.h>
#include <unistd.h>

#include <utility>

#include "tests/journey/under_test/watched_ledger.h"

namespace bursar {
namespace {

[[noreturn]] void Die() {
  kill(getpid(), SIGKILL);
  while (true) pause();
}

bool Concerns(DeathPoint point, const RefreshSteps& steps) {
  switch (point) {
    case DeathPoint::kBeforeBeginIsDurable:
    case DeathPoint::kAfterBeginIsDurable:
      return steps.began;
    case DeathPoint::kBeforeCommitIsDurable:
    case DeathPoint::kAfterCommitIsDurable:
      return steps.committed;
  }
  return false;
}

bool IsBefore(DeathPoint point) {
  return point == DeathPoint::kBeforeBeginIsDurable ||
         point == DeathPoint::kBeforeCommitIsDurable;
}

}  // namespace

void DyingJournal::Write(Work work, Done done) {
  auto steps = std::make_shared<RefreshSteps>();
  inner_->Write(
      [this, work = std::move(work), steps](Ledger& ledger) mutable {
        *steps = {};
        WatchedLedger watched(ledger, *steps);
        absl::Status status = work(watched);
        if (Concerns(point_, *steps) && IsBefore(point_)) Die();
        return status;
      },
      [this, done = std::move(done), steps](absl::Status status) mutable {
        if (status.ok() && Concerns(point_, *steps)) Die();
        done(std::move(status));
      });
}

void DyingJournal::Read(Work work, Done done) {
  inner_->Read(std::move(work), std::move(done));
}

}  // namespace bursar

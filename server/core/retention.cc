#include "server/core/retention.h"

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/core/event.h"

namespace bursar {
namespace {

// How long what has just become too old may stay.
constexpr absl::Duration kLookForOld = absl::Hours(1);

}  // namespace

Retention::Retention(Journal& journal, Executor& executor, const Clock& clock,
                     absl::Duration kept)
    : journal_(journal),
      clock_(clock),
      kept_(kept),
      next_pump_(executor, clock, [this] { Pump(); }) {}

void Retention::Pump() {
  const auto removed = std::make_shared<absl::StatusOr<RemovedEvents>>();
  journal_.Write(
      [this, removed](Ledger& ledger) {
        *removed = Remove(ledger);
        return removed->status();
      },
      [this, removed](const absl::Status& status) {
        Removed(status.ok() ? *removed : status);
      });
}

absl::StatusOr<RemovedEvents> Retention::Remove(Ledger& ledger) const {
  const absl::Time now = clock_.Now();
  const absl::Status forgotten = ledger.deliveries().Forget(now - kept_);
  if (!forgotten.ok()) return forgotten;
  auto removed = ledger.audit().Remove(now - kept_);
  if (!removed.ok() || removed->last == 0) return removed;
  Event event;
  event.time = now;
  event.kind = std::string(event::kEventsRemoved);
  event.actor = event::Server();
  event.outcome = absl::StrCat(removed->first, "-", removed->last);
  const absl::Status told = ledger.events().Append(event);
  if (!told.ok()) return told;
  return removed;
}

void Retention::Removed(const absl::StatusOr<RemovedEvents>& removed) {
  if (!removed.ok()) {
    // Loud, for what was tampered with stays until somebody looks.
    log::Error("events.not_removed", {{"why", removed.status().message()}});
  } else if (removed->last != 0) {
    log::Info("events.removed", {{"up_to", removed->last}});
    return next_pump_.At(clock_.Now());
  }
  next_pump_.At(clock_.Now() + kLookForOld);
}

}  // namespace bursar

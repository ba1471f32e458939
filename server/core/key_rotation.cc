#include "server/core/key_rotation.h"

#include <memory>
#include <utility>

#include "server/base/log.h"
#include "server/core/event.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// Callers' writes wait for no more than so many values.
constexpr int64_t kResealedAtOnce = 100;
// How long a ledger that is out of order is left alone.
constexpr absl::Duration kOutOfOrderPause = absl::Seconds(5);

Event KeyEvent(absl::string_view kind, const Actor& actor, absl::Time now) {
  return event::About(UserId(), ClientName(), kind, actor, now);
}

int64_t Sum(const SealedCounts& counts) {
  int64_t sum = 0;
  for (const auto& [key, count] : counts) sum += count;
  return sum;
}

}  // namespace

KeyRotation::KeyRotation(Journal& journal, const Sealer& sealer,
                         Executor& executor, const Clock& clock)
    : journal_(journal),
      sealer_(sealer),
      executor_(executor),
      clock_(clock),
      census_(journal, executor) {}

void KeyRotation::Begin(KeySource& source, const Actor& actor, absl::Time now,
                        Begun begun) {
  source.Reread([this, actor, now,
                 begun = std::move(begun)](absl::Status status) mutable {
    if (!status.ok()) return begun(std::move(status));
    {
      // One that is just ending must not take the note away.
      const std::lock_guard lock(mutex_);
      ++run_;
    }
    const auto note = std::make_shared<ResealingNote>();
    journal_.Write(
        [note, actor, now](Ledger& ledger) {
          const absl::StatusOr<bool> is_new = ledger.resealing().Begin(now);
          if (!is_new.ok()) return is_new.status();
          const auto noted = ledger.resealing().Begun();
          if (!noted.ok()) return noted.status();
          *note = **noted;
          if (!*is_new) return absl::OkStatus();
          return ledger.events().Append(
              KeyEvent(event::kKeysRotationBegun, actor, now));
        },
        [this, note, begun = std::move(begun)](absl::Status written) mutable {
          if (!written.ok()) {
            Resume();
            return begun(std::move(written));
          }
          const int64_t run = Start(*note);
          begun(*Progress());
          Count(run);
        });
  });
}

void KeyRotation::Resume() {
  const auto note = std::make_shared<std::optional<ResealingNote>>();
  journal_.Read(
      [note](Ledger& ledger) {
        auto noted = ledger.resealing().Begun();
        if (!noted.ok()) return noted.status();
        *note = *std::move(noted);
        return absl::OkStatus();
      },
      [this, note](const absl::Status& status) {
        if (!status.ok()) {
          log::Error("keys.rotation_unreadable");
          return executor_.After(kOutOfOrderPause, [this] { Resume(); });
        }
        if (*note) Count(Start(**note));
      });
}

std::optional<KeyRotationProgress> KeyRotation::Progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

int64_t KeyRotation::Start(const ResealingNote& note) {
  const std::lock_guard lock(mutex_);
  progress_.emplace();
  progress_->begun = note.begun;
  progress_->resealed = note.resealed;
  return ++run_;
}

bool KeyRotation::IsCurrent(int64_t run) const {
  const std::lock_guard lock(mutex_);
  return run == run_;
}

void KeyRotation::Count(int64_t run) {
  census_.Take([this, run](const absl::StatusOr<SealedCounts>& counts) {
    Counted(run, counts);
  });
}

void KeyRotation::Counted(int64_t run,
                          const absl::StatusOr<SealedCounts>& counts) {
  if (!counts.ok()) {
    log::Error("keys.rotation_unreadable");
    return executor_.After(kOutOfOrderPause, [this, run] {
      if (IsCurrent(run)) Count(run);
    });
  }
  const std::string primary = sealer_.KeyIds().front();
  const auto done = counts->find(primary);
  {
    const std::lock_guard lock(mutex_);
    if (run != run_) return;
    progress_->remaining =
        Sum(*counts) - (done == counts->end() ? 0 : done->second);
    progress_->state = KeyRotationProgress::State::kResealing;
  }
  log::Info("keys.rotating", {{"primary", primary}});
  Reseal(run, {});
}

void KeyRotation::Reseal(int64_t run, const SealedPosition& from) {
  const auto stretch = std::make_shared<ResealedStretch>();
  journal_.Write(
      [from, stretch](Ledger& ledger) {
        auto resealed = ledger.resealing().Reseal(from, kResealedAtOnce);
        if (!resealed.ok()) return resealed.status();
        *stretch = *std::move(resealed);
        return absl::OkStatus();
      },
      [this, run, from, stretch](const absl::Status& status) {
        Resealed(run, from, status, *stretch);
      });
}

void KeyRotation::Resealed(int64_t run, const SealedPosition& from,
                           const absl::Status& status,
                           const ResealedStretch& stretch) {
  if (!status.ok()) {
    log::Error("keys.rotation_unsaved");
    return executor_.After(kOutOfOrderPause, [this, run, from] {
      if (IsCurrent(run)) Reseal(run, from);
    });
  }
  {
    const std::lock_guard lock(mutex_);
    if (run != run_) return;
    progress_->resealed += stretch.resealed;
    progress_->remaining -= stretch.resealed;
    progress_->unopened += Sum(stretch.unopened);
  }
  // By way of the executor, which ends first when the server does.
  executor_.Post([this, run, next = stretch.next] {
    if (!IsCurrent(run)) return;
    next ? Reseal(run, *next) : End(run);
  });
}

void KeyRotation::End(int64_t run) {
  const std::optional<KeyRotationProgress> progress = Progress();
  Event ended = KeyEvent(event::kKeysRotated, event::Server(), clock_.Now());
  if (progress->unopened > 0) {
    ended.outcome = std::string(ReasonName(Reason::kKeyUnavailable));
  }
  journal_.Write(
      [this, run, ended](Ledger& ledger) {
        if (!IsCurrent(run)) return absl::OkStatus();
        const absl::Status status = ledger.resealing().End();
        return status.ok() ? ledger.events().Append(ended) : status;
      },
      [this, run](const absl::Status& status) {
        if (!status.ok()) {
          log::Error("keys.rotation_unsaved");
          return executor_.After(kOutOfOrderPause, [this, run] {
            if (IsCurrent(run)) End(run);
          });
        }
        const std::lock_guard lock(mutex_);
        if (run != run_) return;
        progress_->state = KeyRotationProgress::State::kEnded;
        log::Info("keys.rotated", {{"resealed", progress_->resealed},
                                   {"unopened", progress_->unopened}});
      });
}

}  // namespace bursar

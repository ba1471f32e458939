#include "server/core/lost_answers.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "server/base/log.h"

namespace bursar {
namespace {

// The longest that a change of the clock goes unseen.
constexpr absl::Duration kLookForLost = absl::Seconds(1);
// How long a ledger that cannot be read is left alone.
constexpr absl::Duration kUnreadablePause = absl::Seconds(5);
constexpr int kRepeatedAtOnce = 1000;

// What no living token meets: the refresh token that may have come with the
// lost answer is what is wanted.
Need NeedOfNewer(const Grant& grant) {
  return {absl::ZeroDuration(), grant.generation};
}

}  // namespace

LostAnswers::LostAnswers(Journal& journal, const Providers& providers,
                         Executor& executor, const Clock& clock, Repeat repeat)
    : journal_(journal),
      providers_(providers),
      clock_(clock),
      repeat_(std::move(repeat)),
      next_pump_(executor, clock, [this] { Pump(); }) {}

void LostAnswers::Pump() {
  const auto found = std::make_shared<Found>();
  journal_.Read(
      [this, found](Ledger& ledger) {
        return Find(*found, clock_.Now(), ledger);
      },
      [this, found](const absl::Status& status) {
        if (!status.ok()) {
          log::Error("lost_answers.unreadable");
          return next_pump_.At(clock_.Now() + kUnreadablePause);
        }
        for (const Grant& grant : found->due) Start(grant);
        if (found->any) next_pump_.At(clock_.Now() + kLookForLost);
      });
}

absl::Status LostAnswers::Find(Found& found, absl::Time now,
                               Ledger& ledger) const {
  for (const Provider* provider : providers_.All()) {
    const absl::Duration grace = provider->rotation_grace;
    if (!provider->may_rotate || grace <= absl::ZeroDuration()) continue;
    auto grants = ledger.refreshes().Unanswered(provider->name, now - grace,
                                                kRepeatedAtOnce);
    if (!grants.ok()) return grants.status();
    for (Grant& grant : *grants) {
      const auto client = ledger.clients().Get(grant.client);
      if (!client.ok()) return client.status();
      found.any = true;
      // Paused, or its client rejected: another time.
      if (std::holds_alternative<AskProvider>(
              Decide(grant, *client, std::nullopt, NeedOfNewer(grant), now))) {
        found.due.push_back(std::move(grant));
      }
    }
  }
  return absl::OkStatus();
}

void LostAnswers::Start(const Grant& grant) {
  {
    const std::lock_guard lock(mutex_);
    if (!repeating_.insert(grant.id).second) return;
  }
  repeat_(grant, NeedOfNewer(grant), [this, id = grant.id] {
    const std::lock_guard lock(mutex_);
    repeating_.erase(id);
  });
}

}  // namespace bursar

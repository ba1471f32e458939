#include "server/core/delivery_folds.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/core/event.h"

namespace bursar {
namespace {

constexpr std::size_t kFoldedAtOnce = 1'000;
// However much there is, the ledger gets some rest.
constexpr absl::Duration kSoonestFold = absl::Seconds(1);

Event DeliveryEvent(const DeliveryRecord& record, absl::Time now) {
  Event event =
      event::About(record.user, record.client, event::kTokensDelivered,
                   record.delivery.caller, now);
  event.grant = record.delivery.grant;
  event.generation = record.generation;
  event.outcome = absl::StrCat(record.delivery.count);
  return event;
}

}  // namespace

DeliveryFolds::DeliveryFolds(Journal& journal, Deliveries& deliveries,
                             Executor& executor, const Clock& clock,
                             const Options& options)
    : journal_(journal),
      deliveries_(deliveries),
      clock_(clock),
      options_(options),
      next_fold_(executor, clock, [this] { Fold(); }) {}

void DeliveryFolds::Start() { next_fold_.At(clock_.Now() + options_.interval); }

void DeliveryFolds::Soon() { next_fold_.At(clock_.Now() + kSoonestFold); }

void DeliveryFolds::Finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  FoldPart(deliveries_.Take());
}

void DeliveryFolds::Fold() {
  {
    const std::lock_guard lock(mutex_);
    if (folding_ || finished_) return;
    folding_ = true;
  }
  FoldPart(deliveries_.Take());
}

void DeliveryFolds::FoldPart(Counted rest) {
  if (rest.empty()) {
    const std::lock_guard lock(mutex_);
    folding_ = false;
    if (!finished_) next_fold_.At(clock_.Now() + options_.interval);
    return;
  }
  const auto left = std::make_shared<Counted>(std::move(rest));
  const auto part = std::make_shared<Counted>();
  const std::size_t size = std::min(left->size(), kFoldedAtOnce);
  part->assign(std::make_move_iterator(left->end() - size),
               std::make_move_iterator(left->end()));
  left->resize(left->size() - size);
  journal_.Write([this, part](Ledger& ledger) { return Add(*part, ledger); },
                 [this, part, left](const absl::Status& status) {
                   if (!status.ok()) {
                     log::Error("deliveries.not_folded",
                                {{"pairs", part->size() + left->size()}});
                     deliveries_.PutBack(*part);
                     deliveries_.PutBack(*left);
                     left->clear();
                   }
                   FoldPart(std::move(*left));
                 });
}

absl::Status DeliveryFolds::Add(const Counted& part, Ledger& ledger) const {
  const absl::Time now = clock_.Now();
  const auto due = ledger.deliveries().Add(part, options_.told_every, now);
  if (!due.ok()) return due.status();
  for (const DeliveryRecord& record : *due) {
    const absl::Status told =
        ledger.events().Append(DeliveryEvent(record, now));
    if (!told.ok()) return told;
  }
  return absl::OkStatus();
}

}  // namespace bursar

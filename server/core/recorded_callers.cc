#include "server/core/recorded_callers.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>

#include "server/base/log.h"

namespace bursar {
namespace {

constexpr std::ptrdiff_t kSearchesAtOnce = 100;

}  // namespace

void RecordedCallers::Find(const GrantId& grant, Found found) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({grant, std::move(found)});
  }
  LookUpSome();
}

void RecordedCallers::LookUpSome() {
  const auto part = std::make_shared<Searches>();
  {
    const std::lock_guard lock(mutex_);
    if (looking_up_ || waiting_.empty()) return;
    looking_up_ = true;
    const auto end =
        waiting_.begin() + std::min(kSearchesAtOnce, std::ssize(waiting_));
    part->assign(std::make_move_iterator(waiting_.begin()),
                 std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
  }
  journal_.Read(
      [part](Ledger& ledger) { return LookUp(*part, ledger); },
      [this, part](const absl::Status& status) {
        if (!status.ok()) {
          log::Warning("deliveries.not_read", {{"grants", part->size()}});
          part->clear();
        }
        executor_.Post([this, part] { Tell(*part); });
      });
}

absl::Status RecordedCallers::LookUp(Searches& part, Ledger& ledger) {
  for (Search& search : part) {
    DeliveryFilter filter;
    filter.grant = search.grant;
    PageRequest request;
    request.after = search.after;
    auto page = ledger.deliveries().List(filter, request);
    if (!page.ok()) return page.status();
    search.callers.clear();
    for (DeliveryRecord& record : page->items) {
      search.callers.push_back(std::move(record.delivery.caller));
    }
    search.next = std::move(page->next);
  }
  return absl::OkStatus();
}

void RecordedCallers::Tell(Searches& part) {
  for (Search& search : part) search.found(search.callers);
  {
    const std::lock_guard lock(mutex_);
    looking_up_ = false;
    for (Search& search : part) {
      if (search.next.empty()) continue;
      search.after = std::move(search.next);
      waiting_.push_back(std::move(search));
    }
  }
  LookUpSome();
}

}  // namespace bursar

#include "server/core/revocation_watch.h"

#include <algorithm>
#include <utility>

#include "server/core/reason.h"

namespace bursar {
namespace {

// A token that was on its way out when its grant died reaches its caller within
// this time, and a watcher who was on its way in is there.
constexpr absl::Duration kAMoment = absl::Seconds(10);
// Fits into a watcher's queue.
constexpr std::size_t kMostRecent = 4000;
// So that one watcher's many grants do not keep the ledger from others.
constexpr std::size_t kGrantsAtOnce = 100;

absl::Status GoingDown() {
  return ToStatus({Reason::kShuttingDown,
                   "this server is going down: ask another, or again",
                   absl::ZeroDuration(),
                   {},
                   {}});
}

template <typename Key, typename Map>
void Erase(Map& map, const Key& key, RevocationWatch::Watcher* watcher) {
  const auto found = map.find(key);
  if (found == map.end()) return;
  found->second.erase(watcher);
  if (found->second.empty()) map.erase(found);
}

// What the watcher of these grants should hear by now.
absl::StatusOr<std::vector<RevocationNotice>> DeadOf(
    const std::vector<GrantId>& grants, absl::Time now, Ledger& ledger) {
  std::vector<RevocationNotice> dead;
  for (const GrantId& id : grants) {
    const auto grant = ledger.grants().Get(id);
    if (absl::IsNotFound(grant.status())) {
      dead.push_back(NoticeOfUnknown(id, now));
      continue;
    }
    if (!grant.ok()) return grant.status();
    if (auto notice = NoticeOf(*grant)) dead.push_back(*std::move(notice));
  }
  return dead;
}

}  // namespace

RevocationWatch::Watching RevocationWatch::Watch(const Actor& subject,
                                                 std::vector<GrantId> held,
                                                 QueuePtr queue) {
  Watching watching(
      new Watcher{*this, 0, subject, std::move(held), std::move(queue)});
  // From here on nothing that dies is missed, so the ledger is read after.
  if (Add(watching.get())) TellDead(watching->queue, watching->held);
  return watching;
}

bool RevocationWatch::Add(Watcher* watcher) {
  std::vector<RevocationNotice> missed;
  {
    const std::lock_guard lock(mutex_);
    watcher->number = ++last_number_;
    by_subject_[watcher->subject].insert(watcher);
    for (const GrantId& grant : watcher->held) by_grant_[grant].insert(watcher);
    if (closed_) {
      watcher->queue->End(GoingDown());
      return false;
    }
    missed.assign(recent_.begin(), recent_.end());
  }
  for (const RevocationNotice& notice : missed) {
    const std::vector<Actor> callers = deliveries_.CallersOf(notice.grant);
    if (std::find(callers.begin(), callers.end(), watcher->subject) !=
        callers.end()) {
      watcher->queue->Tell(notice);
    }
  }
  return true;
}

void RevocationWatch::Remove(Watcher* watcher) {
  {
    const std::lock_guard lock(mutex_);
    Erase(by_subject_, watcher->subject, watcher);
    for (const GrantId& grant : watcher->held) {
      Erase(by_grant_, grant, watcher);
    }
  }
  delete watcher;
}

void RevocationWatch::TellDead(const QueuePtr& queue,
                               std::vector<GrantId> held) {
  if (held.empty()) return queue->Tell(NoticeQueue::Synced());
  const std::size_t now_read = std::min(kGrantsAtOnce, held.size());
  std::vector<GrantId> part(held.end() - static_cast<std::ptrdiff_t>(now_read),
                            held.end());
  held.resize(held.size() - now_read);
  const auto dead = std::make_shared<std::vector<RevocationNotice>>();
  journal_.Read(
      [this, dead, part = std::move(part)](Ledger& ledger) {
        auto found = DeadOf(part, clock_.Now(), ledger);
        if (found.ok()) *dead = *std::move(found);
        return found.status();
      },
      [this, dead, queue, held = std::move(held)](absl::Status status) mutable {
        if (!status.ok()) return queue->End(std::move(status));
        for (RevocationNotice& notice : *dead) queue->Tell(std::move(notice));
        TellDead(queue, std::move(held));
      });
}

void RevocationWatch::Happened(const Event& event) {
  std::optional<RevocationNotice> notice = NoticeOf(event);
  if (!notice) return;
  executor_.Post([this, notice = *std::move(notice)] { Tell(notice); });
}

void RevocationWatch::Tell(const RevocationNotice& notice) {
  {
    const std::lock_guard lock(mutex_);
    Remember(notice);
  }
  Numbers told = TellOthers(notice, {});
  executor_.After(kAMoment, [this, notice, told = std::move(told)]() mutable {
    TellOthers(notice, std::move(told));
  });
}

RevocationWatch::Numbers RevocationWatch::TellOthers(
    const RevocationNotice& notice, Numbers told) {
  const std::vector<Actor> callers = deliveries_.CallersOf(notice.grant);
  std::vector<QueuePtr> concerned;
  {
    const std::lock_guard lock(mutex_);
    const auto add = [&](const auto& map, const auto& key) {
      const auto found = map.find(key);
      if (found == map.end()) return;
      for (const Watcher* watcher : found->second) {
        if (told.insert(watcher->number).second) {
          concerned.push_back(watcher->queue);
        }
      }
    };
    add(by_grant_, notice.grant);
    for (const Actor& caller : callers) add(by_subject_, caller);
  }
  for (const QueuePtr& queue : concerned) queue->Tell(notice);
  return told;
}

void RevocationWatch::Remember(const RevocationNotice& notice) {
  recent_.push_back(notice);
  while (recent_.size() > kMostRecent ||
         recent_.front().time + kAMoment < notice.time) {
    recent_.pop_front();
  }
}

void RevocationWatch::EndThose(
    const std::function<absl::Status(const Actor& subject)>& why_not) {
  std::vector<std::pair<QueuePtr, absl::Status>> ending;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [subject, watchers] : by_subject_) {
      const absl::Status why = why_not(subject);
      if (why.ok()) continue;
      for (const Watcher* watcher : watchers) {
        ending.emplace_back(watcher->queue, why);
      }
    }
  }
  for (auto& [queue, why] : ending) queue->End(std::move(why));
}

void RevocationWatch::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  EndThose([](const Actor&) { return GoingDown(); });
}

}  // namespace bursar

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
// Of one subject: the processes of a large service. Each stream and each grant
// that is named takes memory.
constexpr std::size_t kMostWatchers = 2000;
constexpr std::size_t kMostHeld = 400'000;
// So that one watcher's many grants do not keep the ledger from others.
constexpr std::size_t kGrantsAtOnce = 100;

absl::Status GoingDown() {
  return ToStatus({Reason::kShuttingDown,
                   "this server is going down: ask another, or again",
                   absl::ZeroDuration(),
                   {},
                   {}});
}

absl::Status TooMany() {
  return ToStatus({Reason::kCallerThrottled,
                   "this caller watches too often, or too many grants, already",
                   absl::Minutes(1),
                   {},
                   {}});
}

// About an hour: spread by a quarter, so that those who began together do not
// come back together.
absl::Duration LifeOf(int64_t number) {
  return absl::Minutes(45) + absl::Seconds(number * 7 % 1800);
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
  std::vector<RevocationNotice> recent;
  {
    const std::lock_guard lock(mutex_);
    watcher->number = ++last_number_;
    const absl::Status why_not = WhyNot(*watcher);
    Subject& subject = by_subject_[watcher->subject];
    subject.watchers.insert(watcher);
    subject.held += watcher->held.size();
    for (const GrantId& grant : watcher->held) by_grant_[grant].insert(watcher);
    if (!why_not.ok()) {
      watcher->queue->End(why_not);
      return false;
    }
    recent.assign(recent_.begin(), recent_.end());
  }
  TellRecent(*watcher, recent);
  executor_.After(LifeOf(watcher->number),
                  [queue = std::weak_ptr(watcher->queue)] {
                    if (const auto ending = queue.lock()) {
                      ending->End(absl::OkStatus());
                    }
                  });
  return true;
}

absl::Status RevocationWatch::WhyNot(const Watcher& watcher) const {
  if (closed_) return GoingDown();
  const auto found = by_subject_.find(watcher.subject);
  if (found == by_subject_.end()) return absl::OkStatus();
  const Subject& subject = found->second;
  if (subject.watchers.size() < kMostWatchers &&
      subject.held + watcher.held.size() <= kMostHeld) {
    return absl::OkStatus();
  }
  return TooMany();
}

void RevocationWatch::TellRecent(const Watcher& watcher,
                                 const std::vector<RevocationNotice>& recent) {
  for (const RevocationNotice& notice : recent) {
    const std::vector<Actor> callers = deliveries_.CallersOf(notice.grant);
    if (std::find(callers.begin(), callers.end(), watcher.subject) !=
        callers.end()) {
      watcher.queue->Tell(notice);
    }
  }
}

void RevocationWatch::Remove(Watcher* watcher) {
  {
    const std::lock_guard lock(mutex_);
    const auto subject = by_subject_.find(watcher->subject);
    subject->second.watchers.erase(watcher);
    subject->second.held -= watcher->held.size();
    if (subject->second.watchers.empty()) by_subject_.erase(subject);
    for (const GrantId& grant : watcher->held) {
      const auto found = by_grant_.find(grant);
      // It may be named twice.
      if (found == by_grant_.end()) continue;
      found->second.erase(watcher);
      if (found->second.empty()) by_grant_.erase(found);
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
        if (!found.ok()) return found.status();
        *dead = *std::move(found);
        return absl::OkStatus();
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
  const auto telling = std::make_shared<Telling>(Telling{notice, {}});
  TellOthers(telling);
  executor_.After(kAMoment, [this, telling] { TellOthers(telling); });
}

void RevocationWatch::TellOthers(const TellingPtr& telling) {
  {
    const std::lock_guard lock(mutex_);
    if (by_subject_.empty()) return;
  }
  const GrantId& grant = telling->notice.grant;
  TellOthersOf(deliveries_.CallersOf(grant), *telling);
  // Who was given a token before the start, or is crowded out of memory.
  recorded_.Find(grant, [this, telling](const std::vector<Actor>& callers) {
    TellOthersOf(callers, *telling);
  });
}

void RevocationWatch::TellOthersOf(const std::vector<Actor>& callers,
                                   Telling& telling) {
  std::vector<QueuePtr> concerned;
  {
    const std::lock_guard lock(mutex_);
    const auto add = [&](const Watchers& watchers) {
      for (const Watcher* watcher : watchers) {
        if (telling.told.insert(watcher->number).second) {
          concerned.push_back(watcher->queue);
        }
      }
    };
    const auto holding = by_grant_.find(telling.notice.grant);
    if (holding != by_grant_.end()) add(holding->second);
    for (const Actor& caller : callers) {
      const auto given = by_subject_.find(caller);
      if (given != by_subject_.end()) add(given->second.watchers);
    }
  }
  for (const QueuePtr& queue : concerned) queue->Tell(telling.notice);
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
    for (const auto& [name, subject] : by_subject_) {
      const absl::Status why = why_not(name);
      if (why.ok()) continue;
      for (const Watcher* watcher : subject.watchers) {
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

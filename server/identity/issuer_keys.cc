#include "server/identity/issuer_keys.h"

#include <utility>

#include "server/base/log.h"

namespace bursar {

IssuerKeys::IssuerKeys(std::string cluster, HttpsEndpoint& endpoint,
                       Executor& executor, const Clock& clock)
    : cluster_(std::move(cluster)),
      endpoint_(endpoint),
      executor_(executor),
      clock_(clock) {}

void IssuerKeys::Start() {
  Refresh(clock_.Now(), [this] {
    executor_.After(IsFresh() ? kPeriod : kAfterFailure, [this] { Start(); });
  });
}

std::shared_ptr<const JwkSet> IssuerKeys::Current(absl::Time now) const {
  static const auto& none =
      *new std::shared_ptr<const JwkSet>(std::make_shared<const JwkSet>());
  const std::lock_guard lock(mutex_);
  return now - read_ > kLongest ? none : keys_;
}

void IssuerKeys::Refresh(absl::Time now, Done done) {
  switch (Join(now, done)) {
    case Place::kLeads:
      return endpoint_.Get(
          [this](const absl::StatusOr<Secret>& body) { Conclude(body); });
    case Place::kFollows:
      return;
    case Place::kTooSoon:
      return done();
  }
}

IssuerKeys::Place IssuerKeys::Join(absl::Time now, Done& done) {
  const std::lock_guard lock(mutex_);
  if (!is_asking_ && now - asked_ < kBetween) return Place::kTooSoon;
  waiting_.push_back(std::move(done));
  if (is_asking_) return Place::kFollows;
  is_asking_ = true;
  asked_ = now;
  return Place::kLeads;
}

void IssuerKeys::Conclude(const absl::StatusOr<Secret>& body) {
  Take(body, clock_.Now());
  std::vector<Done> waiting;
  {
    const std::lock_guard lock(mutex_);
    is_asking_ = false;
    waiting = std::exchange(waiting_, {});
  }
  for (Done& done : waiting) done();
}

void IssuerKeys::Take(const absl::StatusOr<Secret>& body, absl::Time now) {
  absl::StatusOr<JwkSet> keys =
      body.ok() ? JwkSet::Parse(body->Expose()) : body.status();
  if (!keys.ok()) {
    log::Warning("issuer.keys_unread",
                 {{"issuer", cluster_}, {"why", keys.status().message()}});
    return;
  }
  log::Debug("issuer.keys_read",
             {{"issuer", cluster_}, {"keys", keys->size()}});
  const std::lock_guard lock(mutex_);
  keys_ = std::make_shared<const JwkSet>(*std::move(keys));
  read_ = now;
}

bool IssuerKeys::IsFresh() const {
  const std::lock_guard lock(mutex_);
  return read_ >= asked_;
}

}  // namespace bursar

#include "client/revocation_listener.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "client/errors.h"
#include "client/status.h"

namespace bursar::client {
namespace {

// As many as the broker takes.
constexpr std::size_t kMostGrants = 4000;
// A broker that is older than the method, or does not permit it, may be
// replaced or change its mind.
constexpr absl::Duration kUntilAskedAgain = absl::Minutes(10);

bool IsNoUse(const absl::Status& status) {
  return absl::IsUnimplemented(status) || absl::IsPermissionDenied(status);
}

// Nobody waits for this stream: a broker that comes up has other things to do
// first.
RetryPolicy Patient(RetryPolicy policy) {
  policy.max_backoff *= 15;
  return policy;
}

double RandomShare() {
  thread_local absl::InsecureBitGen bits;
  return absl::Uniform(bits, 0.0, 1.0);
}

}  // namespace

// One call, which owns itself from Start until gRPC is done with it.
class RevocationListener::Stream final
    : public grpc::ClientReadReactor<v1::RevocationNotice> {
 public:
  Stream(RevocationListener& listener, std::shared_ptr<const void> keep,
         std::vector<std::string> grants)
      : listener_(listener), keep_(std::move(keep)) {
    const std::size_t named = std::min(grants.size(), kMostGrants);
    for (std::size_t i = 0; i < named; ++i) request_.add_grants(grants[i]);
    grants.erase(grants.begin(),
                 grants.begin() + static_cast<std::ptrdiff_t>(named));
    unnamed_ = std::move(grants);
  }

  void Start() {
    listener_.broker_->async()->WatchRevocations(&context_, &request_, this);
    StartRead(&notice_);
    StartCall();
  }

  void Cancel() { context_.TryCancel(); }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) return;  // OnDone comes.
    if (notice_.has_dead_tokens()) {
      const auto& dead = notice_.dead_tokens();
      listener_.table_.End(dead.grant(), dead.generation(), listener_.now_());
    } else {
      OnSynced();
    }
    StartRead(&notice_);
  }

  void OnSynced() {
    // Nobody would tell of these; to fetch them anew costs a call each.
    for (const std::string& grant : unnamed_) listener_.table_.DropGrant(grant);
    unnamed_.clear();
    listener_.OnSynced();
  }

  void OnDone(const grpc::Status& status) override {
    // The channel must not go on this thread, nor the listener before the end.
    const std::shared_ptr<const void> keep = std::move(keep_);
    listener_.OnEnd(ToStatus(status));
    delete this;
  }

  RevocationListener& listener_;
  std::shared_ptr<const void> keep_;
  // Grants beyond those that the request has room for.
  std::vector<std::string> unnamed_;
  v1::WatchRevocationsRequest request_;
  v1::RevocationNotice notice_;
  grpc::ClientContext context_;
};

RevocationListener::RevocationListener(
    const std::shared_ptr<grpc::Channel>& channel, const RetryPolicy& policy,
    TokenTable& table, std::function<absl::Time()> now)
    : policy_(Patient(policy)),
      table_(table),
      now_(std::move(now)),
      broker_(v1::TokenBroker::NewStub(channel)) {}

void RevocationListener::Tend(std::shared_ptr<const void> keep) {
  const bool holds = table_.HoldsTokens();
  Stream* starting = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (stream_ != nullptr) {
      if (!holds) stream_->Cancel();
      return;
    }
    if (!holds || closed_ || std::chrono::steady_clock::now() < next_time_) {
      return;
    }
    starting = stream_ = new Stream(*this, std::move(keep), table_.Grants());
  }
  starting->Start();
}

void RevocationListener::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  if (stream_ != nullptr) stream_->Cancel();
}

void RevocationListener::OnSynced() {
  const std::lock_guard lock(mutex_);
  failures_ = 0;
}

void RevocationListener::OnEnd(const absl::Status& status) {
  const std::lock_guard lock(mutex_);
  stream_ = nullptr;
  ++failures_;
  const absl::Duration pause =
      IsNoUse(status)
          ? kUntilAskedAgain
          : std::max(Backoff(policy_, failures_, RandomShare()),
                     RetryDelay(status).value_or(absl::ZeroDuration()));
  next_time_ =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(pause);
}

}  // namespace bursar::client

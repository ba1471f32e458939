#include "tests/journey/harness/watchers.h"

#include <grpcpp/grpcpp.h>

#include <set>

#include "absl/time/time.h"
#include "tests/fakes/eventually.h"

namespace bursar::journey {
namespace {

constexpr int kConnections = 10;

}  // namespace

class Watchers::Stream final
    : public grpc::ClientReadReactor<v1::RevocationNotice> {
 public:
  Stream(Watchers& watchers, const std::vector<std::string>& grants)
      : watchers_(watchers) {
    request_.mutable_grants()->Assign(grants.begin(), grants.end());
  }

  void Start(v1::TokenBroker::Stub& broker) {
    broker.async()->WatchRevocations(&context_, &request_, this);
    StartRead(&notice_);
    StartCall();
  }

  void Cancel() { context_.TryCancel(); }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) return;
    {
      const std::lock_guard lock(watchers_.mutex_);
      if (notice_.has_synced()) {
        ++watchers_.synced_;
      } else if (heard_.insert(notice_.dead_tokens().grant()).second) {
        watchers_.heard_at_[notice_.dead_tokens().grant()].push_back(
            std::chrono::steady_clock::now());
      }
      watchers_.changed_.notify_all();
    }
    StartRead(&notice_);
  }

  void OnDone(const grpc::Status&) override {
    const std::lock_guard lock(watchers_.mutex_);
    ++watchers_.ended_;
    watchers_.changed_.notify_all();
  }

  Watchers& watchers_;
  std::set<std::string> heard_;
  v1::WatchRevocationsRequest request_;
  v1::RevocationNotice notice_;
  grpc::ClientContext context_;
};

Watchers::Watchers(const std::string& target, int count,
                   const std::vector<std::string>& grants)
    : count_(static_cast<std::size_t>(count)) {
  grpc::ChannelArguments arguments;
  // Else all channels would share one connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  for (int i = 0; i < kConnections; ++i) {
    channels_.push_back(grpc::CreateCustomChannel(
        target, grpc::InsecureChannelCredentials(), arguments));
    stubs_.push_back(v1::TokenBroker::NewStub(channels_.back()));
  }
  for (std::size_t i = 0; i < count_; ++i) {
    streams_.push_back(std::make_unique<Stream>(*this, grants));
    streams_.back()->Start(*stubs_[i % kConnections]);
  }
}

Watchers::~Watchers() {
  for (const auto& stream : streams_) stream->Cancel();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ == count_; });
}

bool Watchers::AwaitSynced() {
  return Await([this] { return synced_ == count_; });
}

bool Watchers::AwaitHeard(const std::string& grant) {
  return Await([&] { return heard_at_[grant].size() == count_; });
}

bool Watchers::AwaitEnded() {
  return Await([this] { return ended_ == count_; });
}

std::vector<Watchers::Time> Watchers::HeardAt(const std::string& grant) const {
  const std::lock_guard lock(mutex_);
  const auto found = heard_at_.find(grant);
  return found == heard_at_.end() ? std::vector<Time>() : found->second;
}

std::vector<std::string> Watchers::Heard() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> grants;
  for (const auto& [grant, times] : heard_at_) {
    if (!times.empty()) grants.push_back(grant);
  }
  return grants;
}

bool Watchers::Await(const std::function<bool()>& holds) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, absl::ToChronoNanoseconds(kBound), holds);
}

}  // namespace bursar::journey

#include "client/token_client.h"

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "client/token_service.h"

namespace bursar::client {
namespace {

// The deadline is kept by gRPC; this much later at the latest a caller goes its
// way even if gRPC has no thread left to say so.
constexpr absl::Duration kGrace = absl::Seconds(1);

absl::Status CheckOptions(const TokenClientOptions& options) {
  const auto require = [](bool holds, absl::string_view what) {
    return holds ? absl::OkStatus() : absl::InvalidArgumentError(what);
  };
  absl::Status status = require(options.deadline > absl::ZeroDuration(),
                                "deadline must be positive");
  status.Update(require(options.sweep_interval > absl::ZeroDuration(),
                        "sweep_interval must be positive"));
  status.Update(
      require(options.refresh_ahead >= 0 && options.refresh_ahead <= 0.5,
              "refresh_ahead must be between 0 and 0.5"));
  status.Update(
      require(options.retry.initial_backoff > absl::ZeroDuration() &&
                  options.retry.max_backoff >= options.retry.initial_backoff &&
                  options.retry.multiplier >= 1,
              "retry: 0 < initial_backoff <= max_backoff, multiplier >= 1"));
  return status;
}

}  // namespace

// Wakes up at intervals to fetch ahead of need.
class TokenClient::Sweeper {
 public:
  Sweeper(TokenService& service, absl::Duration interval)
      : thread_([this, &service, interval] {
          std::unique_lock lock(mutex_);
          while (!stopping_.wait_for(lock, absl::ToChronoNanoseconds(interval),
                                     [this] { return stop_; })) {
            service.Sweep();
          }
        }) {}

  ~Sweeper() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    stopping_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

absl::StatusOr<std::shared_ptr<TokenClient>> TokenClient::Create(
    TokenClientOptions options) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  auto channel = OpenChannel(options.broker);
  if (!channel.ok()) return channel.status();
  if (!options.now) options.now = absl::Now;
  const absl::Duration deadline = options.deadline;
  const absl::Duration interval = options.sweep_interval;
  return std::shared_ptr<TokenClient>(new TokenClient(
      std::make_shared<TokenService>(std::move(options), *channel), deadline,
      interval));
}

TokenClient::TokenClient(std::shared_ptr<TokenService> service,
                         absl::Duration deadline, absl::Duration sweep_interval)
    : service_(std::move(service)),
      deadline_(deadline),
      sweeper_(std::make_unique<Sweeper>(*service_, sweep_interval)) {}

TokenClient::~TokenClient() { service_->Close(); }

absl::StatusOr<TokenClient::TokenPtr> TokenClient::GetToken(
    const TokenKey& key, absl::Duration min_ttl) {
  if (TokenPtr token = service_->Find(key, min_ttl)) return token;
  auto promise = std::make_shared<std::promise<absl::StatusOr<TokenPtr>>>();
  auto answer = promise->get_future();
  service_->Get(key, min_ttl, [promise](absl::StatusOr<TokenPtr> token) {
    promise->set_value(std::move(token));
  });
  if (answer.wait_for(absl::ToChronoNanoseconds(deadline_ + kGrace)) !=
      std::future_status::ready) {
    return absl::DeadlineExceededError(
        "no answer, and no gRPC thread to say so: is GetToken called on one?");
  }
  return answer.get();
}

void TokenClient::GetToken(const TokenKey& key, absl::Duration min_ttl,
                           Callback done) {
  service_->Get(key, min_ttl, std::move(done));
}

TokenClient::TokenPtr TokenClient::FindToken(const TokenKey& key,
                                             absl::Duration min_ttl) const {
  return service_->Find(key, min_ttl);
}

void TokenClient::ReportRefused(const Token& token) { service_->Refuse(token); }

absl::StatusOr<TokenClient::TokenPtr> TokenClient::Refresh(
    const Token& refused) {
  ReportRefused(refused);
  return GetToken(refused.key());
}

void TokenClient::Refresh(const Token& refused, Callback done) {
  ReportRefused(refused);
  GetToken(refused.key(), absl::Minutes(1), std::move(done));
}

void TokenClient::Forget(const TokenKey& key) { service_->Forget(key); }

}  // namespace bursar::client

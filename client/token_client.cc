#include "client/token_client.h"

#include <chrono>
#include <future>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "client/service_thread.h"
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

absl::StatusOr<std::shared_ptr<TokenClient>> TokenClient::Create(
    TokenClientOptions options) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  auto channel = OpenChannel(options.broker);
  if (!channel.ok()) return channel.status();
  if (!options.now) options.now = absl::Now;
  const absl::Duration deadline = options.deadline;
  const absl::Duration interval = options.sweep_interval;
  auto thread = std::make_unique<ServiceThread>(
      std::make_unique<TokenService>(std::move(options), *std::move(channel)),
      interval);
  return std::shared_ptr<TokenClient>(
      new TokenClient(std::move(thread), deadline));
}

TokenClient::TokenClient(std::unique_ptr<ServiceThread> thread,
                         absl::Duration deadline)
    : thread_(std::move(thread)),
      service_(thread_->service()),
      deadline_(deadline) {}

TokenClient::~TokenClient() = default;

absl::StatusOr<TokenClient::TokenPtr> TokenClient::GetToken(
    const TokenKey& key, absl::Duration min_ttl) {
  if (TokenPtr token = service_.Find(key, min_ttl)) return token;
  auto promise = std::make_shared<std::promise<absl::StatusOr<TokenPtr>>>();
  auto answer = promise->get_future();
  service_.Get(key, min_ttl, [promise](absl::StatusOr<TokenPtr> token) {
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
  service_.Get(key, min_ttl, std::move(done));
}

TokenClient::TokenPtr TokenClient::FindToken(const TokenKey& key,
                                             absl::Duration min_ttl) const {
  return service_.Find(key, min_ttl);
}

void TokenClient::ReportRefused(const Token& token) { service_.Refuse(token); }

absl::StatusOr<TokenClient::TokenPtr> TokenClient::Refresh(
    const Token& refused) {
  ReportRefused(refused);
  return GetToken(refused.key());
}

void TokenClient::Refresh(const Token& refused, Callback done) {
  ReportRefused(refused);
  GetToken(refused.key(), absl::Minutes(1), std::move(done));
}

void TokenClient::Forget(const TokenKey& key) { service_.Forget(key); }

}  // namespace bursar::client

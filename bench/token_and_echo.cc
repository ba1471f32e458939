#include "bench/token_and_echo.h"

#include <grpcpp/grpcpp.h>
#include <sched.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <utility>

#include "bench/stack.h"

namespace bursar::bench {
namespace {

constexpr absl::Duration kWarmUp = absl::Milliseconds(50);
constexpr absl::Duration kRound = absl::Milliseconds(200);

// One call's messages, alive until it ends.
template <typename Reply>
struct Call {
  grpc::ClientContext context;
  Reply reply;
};

std::shared_ptr<grpc::Channel> ConnectedTo(
    const journey::Credentials& credentials) {
  auto channel = journey::Connect(credentials);
  Require(channel->WaitForConnected(std::chrono::system_clock::now() +
                                    std::chrono::seconds(10)),
          "cannot connect to " + credentials.target);
  return channel;
}

// Connections that are called over in turn.
template <typename Service>
class Stubs {
 public:
  explicit Stubs(const journey::Credentials& credentials) {
    for (auto& stub : stubs_) {
      stub = Service::NewStub(ConnectedTo(credentials));
    }
  }

  typename Service::Stub& Next() const {
    return *stubs_[turn_++ % stubs_.size()];
  }

 private:
  std::array<std::unique_ptr<typename Service::Stub>,
             TokenAndEcho::kConnections>
      stubs_;
  mutable std::atomic<std::size_t> turn_{0};
};

// An echo whose messages are exactly as large.
EchoRequest EchoOf(const v1::GetTokenRequest& request,
                   const v1::GetTokenResponse& response) {
  EchoReply reply;
  while (reply.ByteSizeLong() < response.ByteSizeLong()) {
    reply.mutable_payload()->push_back('\0');
  }
  EchoRequest echo;
  echo.set_reply_bytes(static_cast<int>(reply.payload().size()));
  while (echo.ByteSizeLong() < request.ByteSizeLong()) {
    echo.mutable_payload()->push_back('\0');
  }
  return echo;
}

LoadFigures Round(const StartCall& start) {
  RunLoad(start, TokenAndEcho::kConcurrency, kWarmUp);
  return RunLoad(start, TokenAndEcho::kConcurrency, kRound);
}

}  // namespace

int TokenAndEcho::Cores() {
  cpu_set_t cores;
  Require(sched_getaffinity(0, sizeof(cores), &cores) == 0, "no cores");
  return CPU_COUNT(&cores);
}

TokenAndEcho::TokenAndEcho(journey::Credentials broker,
                           journey::Credentials echo)
    : broker_(std::move(broker)),
      echo_(std::move(echo)),
      request_(Stack::RequestOf(0)) {
  grpc::ClientContext context;
  v1::GetTokenResponse response;
  const auto tokens = v1::TokenBroker::NewStub(ConnectedTo(broker_));
  Require(tokens->GetToken(&context, request_, &response).ok(), "no token");
  echo_request_ = EchoOf(request_, response);
  response_bytes_ = response.ByteSizeLong();
}

LoadFigures TokenAndEcho::GetTokens() const {
  const Stubs<v1::TokenBroker> tokens(broker_);
  return Round([&](std::function<void(bool)> done) {
    auto* call = new Call<v1::GetTokenResponse>;
    tokens.Next().async()->GetToken(
        &call->context, &request_, &call->reply,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status.ok());
        });
  });
}

LoadFigures TokenAndEcho::Echoes() const {
  const Stubs<Echo> echoes(echo_);
  return Round([&](std::function<void(bool)> done) {
    auto* call = new Call<EchoReply>;
    echoes.Next().async()->Echo(
        &call->context, &echo_request_, &call->reply,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status.ok());
        });
  });
}

void TokenAndEcho::Measure() {
  const bool echo_first = ratios_.size() % 2 == 0;
  LoadFigures bare;
  if (echo_first) bare = Echoes();
  const LoadFigures measured = GetTokens();
  if (!echo_first) bare = Echoes();
  ratios_.push_back(measured.calls_per_second / bare.calls_per_second);
  p99_ratios_.push_back(absl::FDivDuration(bare.p99, measured.p99));
  token_rates_.push_back(measured.calls_per_second);
  echo_rates_.push_back(bare.calls_per_second);
}

TokenAndEcho::Figures TokenAndEcho::Middle() const {
  return {Quantile(ratios_, 0.5),
          Quantile(ratios_, 0.75) - Quantile(ratios_, 0.25),
          Quantile(p99_ratios_, 0.5), Quantile(token_rates_, 0.5),
          Quantile(echo_rates_, 0.5)};
}

}  // namespace bursar::bench

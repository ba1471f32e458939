#include "bench/token_and_echo.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <utility>

#include "bench/stack.h"

namespace bursar::bench {
namespace {

constexpr absl::Duration kRound = absl::Seconds(2);

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

}  // namespace

TokenAndEcho::TokenAndEcho(const journey::Credentials& broker,
                           const journey::Credentials& echo)
    : tokens_(v1::TokenBroker::NewStub(ConnectedTo(broker))),
      echo_(Echo::NewStub(ConnectedTo(echo))),
      request_(Stack::RequestOf(0)) {
  grpc::ClientContext context;
  v1::GetTokenResponse response;
  Require(tokens_->GetToken(&context, request_, &response).ok(), "no token");
  echo_request_ = EchoOf(request_, response);
  response_bytes_ = response.ByteSizeLong();
  RunLoad(GetTokens(), kConcurrency, kRound);
  RunLoad(Echoes(), kConcurrency, kRound);
}

StartCall TokenAndEcho::GetTokens() {
  return [this](std::function<void(bool)> done) {
    auto* call = new Call<v1::GetTokenResponse>;
    tokens_->async()->GetToken(
        &call->context, &request_, &call->reply,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status.ok());
        });
  };
}

StartCall TokenAndEcho::Echoes() {
  return [this](std::function<void(bool)> done) {
    auto* call = new Call<EchoReply>;
    echo_->async()->Echo(
        &call->context, &echo_request_, &call->reply,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status.ok());
        });
  };
}

void TokenAndEcho::Measure() {
  const LoadFigures bare = RunLoad(Echoes(), kConcurrency, kRound);
  const LoadFigures measured = RunLoad(GetTokens(), kConcurrency, kRound);
  ratios_.push_back(measured.calls_per_second / bare.calls_per_second);
  p99_ratios_.push_back(absl::FDivDuration(bare.p99, measured.p99));
  token_rates_.push_back(measured.calls_per_second);
  echo_rates_.push_back(bare.calls_per_second);
}

TokenAndEcho::Figures TokenAndEcho::Middle() const {
  return {Median(ratios_), Median(p99_ratios_), Median(token_rates_),
          Median(echo_rates_)};
}

}  // namespace bursar::bench

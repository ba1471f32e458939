// GetToken from memory, beside a bare gRPC echo of the same message sizes in
// the same run, over the same kind of socket: rounds of the one and the other
// in turn, the middle ratio of the pairs. Both ratios are the echo's share: 1
// is as good as the transport alone.

#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "bench/load.h"
#include "bench/stack.h"
#include "bursar/bench/echo.grpc.pb.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "tests/journey/harness/eventually.h"
#include "tests/journey/harness/process.h"
#include "tests/journey/harness/scratch.h"

namespace bursar::bench {
namespace {

constexpr int kConcurrency = 16;
constexpr int kRounds = 9;
constexpr absl::Duration kRound = absl::Seconds(2);

// One call's messages, alive until it ends.
template <typename Reply>
struct Call {
  grpc::ClientContext context;
  Reply reply;
};

std::shared_ptr<grpc::Channel> Connect(const std::string& target) {
  auto channel =
      grpc::CreateChannel(target, grpc::InsecureChannelCredentials());
  Require(channel->WaitForConnected(std::chrono::system_clock::now() +
                                    std::chrono::seconds(10)),
          "cannot connect to " + target);
  return channel;
}

StartCall GetTokens(v1::TokenBroker::Stub& stub,
                    const v1::GetTokenRequest& request) {
  return [&](std::function<void(bool)> done) {
    auto* call = new Call<v1::GetTokenResponse>;
    stub.async()->GetToken(
        &call->context, &request, &call->reply,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status.ok());
        });
  };
}

StartCall Echoes(Echo::Stub& stub, const EchoRequest& request) {
  return [&](std::function<void(bool)> done) {
    auto* call = new Call<EchoReply>;
    stub.async()->Echo(
        &call->context, &request, &call->reply,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status.ok());
        });
  };
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

void Run(const std::string& echo_server) {
  Stack stack({});
  const journey::Scratch folder;
  const std::string echo_address = "unix:" + folder.Path("echo.sock");
  journey::Process echo_process(
      {.argv = {echo_server, echo_address}, .log = folder.Path("echo")});
  const auto token_channel = Connect(stack.broker().Target());
  const auto echo_channel = Connect(echo_address);
  const auto tokens = v1::TokenBroker::NewStub(token_channel);
  const auto echo = Echo::NewStub(echo_channel);

  const v1::GetTokenRequest request = Stack::RequestOf(0);
  grpc::ClientContext context;
  v1::GetTokenResponse response;
  Require(tokens->GetToken(&context, request, &response).ok(), "no token");
  const EchoRequest echo_request = EchoOf(request, response);

  const StartCall get_token = GetTokens(*tokens, request);
  const StartCall echo_call = Echoes(*echo, echo_request);
  RunLoad(get_token, kConcurrency, kRound);
  RunLoad(echo_call, kConcurrency, kRound);
  std::vector<double> throughput_ratios;
  std::vector<double> latency_ratios;
  std::vector<double> token_rates;
  std::vector<double> echo_rates;
  for (int round = 0; round < kRounds; ++round) {
    const LoadFigures bare = RunLoad(echo_call, kConcurrency, kRound);
    const LoadFigures measured = RunLoad(get_token, kConcurrency, kRound);
    throughput_ratios.push_back(measured.calls_per_second /
                                bare.calls_per_second);
    latency_ratios.push_back(absl::FDivDuration(bare.p99, measured.p99));
    token_rates.push_back(measured.calls_per_second);
    echo_rates.push_back(bare.calls_per_second);
  }
  std::printf(
      "cached_get_token ratio=%.2f p99_ratio=%.2f calls_per_second=%.0f "
      "echo_calls_per_second=%.0f request_bytes=%zu response_bytes=%zu "
      "callers=%d\n",
      Median(throughput_ratios), Median(latency_ratios), Median(token_rates),
      Median(echo_rates), request.ByteSizeLong(), response.ByteSizeLong(),
      kConcurrency);
}

}  // namespace
}  // namespace bursar::bench

int main(int argc, char** argv) {
  bursar::bench::Require(argc == 2, "usage: cached_get_token ECHO_SERVER");
  bursar::bench::Run(argv[1]);
  return 0;
}

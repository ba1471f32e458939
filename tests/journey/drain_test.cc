// SIGTERM: health says so, calls under way end, new ones are refused, exit 0.

#include <signal.h>

#include <future>

#include "grpc/health/v1/health.grpc.pb.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

class Drain : public Journey {
 protected:
  void SetUp() override {
    StartStack();
    ConsentExpired(kAnn);
  }

  // Begins a GetToken that the provider keeps waiting for `delay`.
  std::future<Api::TokenReply> SlowCall(absl::Duration delay) {
    sandbox().Add({.kind = "delay", .delay = delay});
    auto reply =
        std::async(std::launch::async, [this] { return GetToken(kAnn); });
    EXPECT_TRUE(
        Eventually([&] { return sandbox().Calls("token.refresh") == 1; }));
    return reply;
  }
};

TEST_F(Drain, CallUnderWayEndsWellAndTheServerExitsZero) {
  auto slow = SlowCall(absl::Seconds(1));
  broker().process().Signal(SIGTERM);
  const Api::TokenReply reply = slow.get();
  EXPECT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(broker().Wait(), 0);
}

TEST_F(Drain, WatchersOfHealthAreToldNotServing) {
  const auto stub = grpc::health::v1::Health::NewStub(api().channel());
  grpc::ClientContext context;
  const auto watch = stub->Watch(&context, HealthCheckRequest());
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  auto slow = SlowCall(absl::Seconds(1));
  broker().process().Signal(SIGTERM);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_TRUE(slow.get().ok());
}

TEST_F(Drain, NewCallsAreRefusedByName) {
  auto slow = SlowCall(absl::Seconds(2));
  broker().process().Signal(SIGTERM);
  Outcome outcome;
  EXPECT_TRUE(Eventually([&] {
    outcome = api().ListClients({}).outcome;
    return !outcome.ok();
  }));
  EXPECT_EQ(outcome.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(outcome.reason, "SHUTTING_DOWN");
  EXPECT_TRUE(slow.get().ok());
}

TEST_F(Drain, WhatWasAnsweredWhileDrainingIsDurable) {
  auto slow = SlowCall(absl::Milliseconds(500));
  broker().process().Signal(SIGTERM);
  const v1::AccessToken token = slow.get().value;
  ASSERT_EQ(broker().Wait(), 0);
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(GetToken(kAnn).value.access_token() == token.access_token());
}

TEST_F(Drain, IdleServerStopsAtOnce) { EXPECT_EQ(broker().Stop(), 0); }

}  // namespace
}  // namespace bursar::journey

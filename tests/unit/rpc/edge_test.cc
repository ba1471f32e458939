#include <gmock/gmock.h>

#include <future>
#include <utility>

#include "grpcpp/create_channel.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

// Knows nobody at once: the test says who calls, when it likes.
class SlowAuthenticator final : public Authenticator {
 public:
  std::optional<Verdict> AtHand(grpc::ServerContextBase&, absl::Time) override {
    return std::nullopt;
  }
  void Find(grpc::ServerContextBase&, absl::Time, Done done) override {
    asked_.set_value(std::move(done));
  }

  // The next call, from when it has asked; tells it who calls.
  Done Asked() {
    Done done = asked_.get_future().get();
    asked_ = {};
    return done;
  }

 private:
  std::promise<Done> asked_;
};

class EdgeTest : public BrokerFixture {
 protected:
  EdgeTest() {
    auto started = RpcServer::Start({{.address = "127.0.0.1:0"}},
                                    NeedsWith(slow, kMostInFlight));
    EXPECT_TRUE(started.ok()) << started.status();
    second = *std::move(started);
    clients = v1::Clients::NewStub(grpc::CreateChannel(
        second->addresses()[0], grpc::InsecureChannelCredentials()));
  }
  ~EdgeTest() override { second.reset(); }

  // Creates the client "calendar" as whoever `verdict` says.
  void CreateAs(Authenticator::Verdict verdict) {
    auto calling = std::async(std::launch::async, [this] {
      v1::CreateClientRequest request;
      request.mutable_client()->set_name("calendar");
      request.mutable_client()->set_provider("zoho");
      request.mutable_client()->set_client_id("1000.CLIENT");
      Call(*clients, &v1::Clients::Stub::CreateClient, request);
    });
    slow.Asked()(std::move(verdict));
    calling.get();
  }

  SlowAuthenticator slow;
  std::unique_ptr<RpcServer> second;
};

TEST_F(EdgeTest, ACallGoesOnWhenItsCallerIsFoundOut) {
  CreateAs(Actor("late"));
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  clients = v1::Clients::NewStub(channel);
  const auto page =
      Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
  ASSERT_EQ(page.events_size(), 1);
  EXPECT_EQ(page.events(0).actor(), "late");
}

TEST_F(EdgeTest, ACallerWhoIsFoundOutNotToBeGoodIsRefused) {
  CreateAs(CredentialsInvalid());
  EXPECT_EQ(error.code, grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(error.reason, "CREDENTIALS_INVALID");
}

TEST_F(EdgeTest, ADrainWaitsForACallWhoseCallerIsNotFoundOutYet) {
  auto calling = std::async(std::launch::async, [this] {
    Call(*clients, &v1::Clients::Stub::ListClients, v1::ListClientsRequest());
  });
  Authenticator::Done asked = slow.Asked();
  auto drained = std::async(std::launch::async,
                            [&] { return second->Drain(absl::Seconds(20)); });
  asked(Actor("late"));
  calling.get();
  EXPECT_TRUE(drained.get());
}

TEST_F(EdgeTest, AStreamThatIsCancelledBeforeItsCallerIsFoundOutEnds) {
  const auto stub = v1::TokenBroker::NewStub(grpc::CreateChannel(
      second->addresses()[0], grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto reader =
      stub->WatchRevocations(&context, v1::WatchRevocationsRequest());
  Authenticator::Done asked = slow.Asked();
  context.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  asked(Actor("late"));
  EXPECT_TRUE(second->Drain(absl::Seconds(20)));
}

}  // namespace
}  // namespace bursar

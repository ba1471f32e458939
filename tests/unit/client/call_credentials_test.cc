#include "client/call_credentials.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <map>

#include "bursar/v1/events.grpc.pb.h"
#include "tests/unit/client/client_fixture.h"

namespace bursar::client {
namespace {

// An API that keeps the header it was called with. Any service would do.
class Api final : public v1::Events::Service {
 public:
  Api() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(
        "127.0.0.1:0", grpc::experimental::LocalServerCredentials(LOCAL_TCP),
        &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }

  grpc::Status ListEvents(grpc::ServerContext* context,
                          const v1::ListEventsRequest*,
                          v1::ListEventsResponse*) override {
    const auto& metadata = context->client_metadata();
    const auto found = metadata.find("authorization");
    if (found != metadata.end()) {
      header_ = std::string(found->second.data(), found->second.size());
    }
    return grpc::Status::OK;
  }

  int port() const { return port_; }
  const std::string& header() const { return header_; }

 private:
  int port_ = 0;
  std::string header_;
  std::unique_ptr<grpc::Server> server_;
};

class CallCredentialsTest : public ClientTest {
 protected:
  grpc::Status Call(const std::shared_ptr<grpc::CallCredentials>& credentials) {
    const auto stub = v1::Events::NewStub(grpc::CreateChannel(
        absl::StrCat("127.0.0.1:", api_.port()),
        grpc::CompositeChannelCredentials(
            grpc::experimental::LocalCredentials(LOCAL_TCP), credentials)));
    grpc::ClientContext context;
    v1::ListEventsResponse response;
    return stub->ListEvents(&context, {}, &response);
  }

  Api api_;
};

TEST_F(CallCredentialsTest, PutTheHeaderOnACallForATokenThatIsAtHand) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  const grpc::Status status = Call(CallCredentials(client, key_));
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(api_.header(), "Bearer token-1");
  EXPECT_EQ(broker_.get_token.count(), 1u);
}

TEST_F(CallCredentialsTest, PutTheHeaderOnACallForATokenToBeFetched) {
  const grpc::Status status = Call(CallCredentials(Client(), key_));
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(api_.header(), "Bearer token-1");
}

TEST_F(CallCredentialsTest, FollowTheTokenFromCallToCall) {
  auto client = Client();
  const auto credentials = CallCredentials(client, key_);
  ASSERT_TRUE(Call(credentials).ok());
  Advance(absl::Minutes(61));
  ASSERT_TRUE(Call(credentials).ok());
  EXPECT_EQ(api_.header(), "Bearer token-2");
}

TEST_F(CallCredentialsTest, SayTheReasonWhereThereIsNoToken) {
  broker_.get_token.Set([](const auto&, auto&) {
    return Refusal(grpc::StatusCode::FAILED_PRECONDITION, v1::CONSENT_REQUIRED);
  });
  broker_.begin_consent.Set([](const auto&, auto& response) {
    response.set_authorization_url("https://provider.example/?state=xyzzy");
    return grpc::Status::OK;
  });
  const grpc::Status status = Call(CallCredentials(Client(), key_));
  EXPECT_FALSE(status.ok());
  EXPECT_NE(status.error_message().find("CONSENT_REQUIRED"), std::string::npos);
  EXPECT_EQ(status.error_message().find("xyzzy"), std::string::npos);
  EXPECT_EQ(api_.header(), "");
}

}  // namespace
}  // namespace bursar::client

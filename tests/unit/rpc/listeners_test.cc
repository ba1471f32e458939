#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grpcpp/create_channel.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

class ListenersTest : public BrokerFixture {
 protected:
  // Asks for a client that is not there; how that ends.
  grpc::StatusCode CallAt(const std::string& address) {
    const auto stub = v1::Clients::NewStub(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    Call(*stub, &v1::Clients::Stub::ListClients, v1::ListClientsRequest());
    return error.code;
  }
};

TEST_F(ListenersTest, EachListenerHasItsOwnRules) {
  const auto several =
      RpcServer::Start({{.address = "127.0.0.1:0"},
                        {.address = "unix:" + ledger.folder() + "/socket"},
                        {.address = "127.0.0.1:0", .anonymous = true}},
                       Needs());
  ASSERT_TRUE(several.ok()) << several.status();
  const std::vector<std::string>& addresses = (*several)->addresses();
  ASSERT_EQ(addresses.size(), 3);
  EXPECT_EQ(CallAt(addresses[0]), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(error.reason, "CREDENTIALS_INVALID");
  EXPECT_EQ(CallAt(addresses[1]), grpc::StatusCode::OK);
  EXPECT_EQ(CallAt(addresses[2]), grpc::StatusCode::OK);
}

TEST_F(ListenersTest, AllDrainTogether) {
  const auto several =
      RpcServer::Start({{.address = "127.0.0.1:0", .anonymous = true},
                        {.address = "unix:" + ledger.folder() + "/socket"}},
                       Needs());
  ASSERT_TRUE(several.ok()) << several.status();
  const std::vector<std::string> addresses = (*several)->addresses();
  for (const std::string& address : addresses) {
    EXPECT_EQ(CallAt(address), grpc::StatusCode::OK);
  }
  EXPECT_TRUE((*several)->Drain(absl::Seconds(20)));
  for (const std::string& address : addresses) {
    EXPECT_EQ(CallAt(address), grpc::StatusCode::UNAVAILABLE);
  }
}

}  // namespace
}  // namespace bursar

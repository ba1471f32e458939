#include "server/rpc/server.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "server/rpc/wire.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ServerTest : public BrokerFixture {
 protected:
  absl::StatusOr<std::unique_ptr<RpcServer>> StartAt(
      const std::string& address) {
    return RpcServer::Start({{.address = address, .anonymous = true}}, Needs());
  }

  // Calls a method by name, whether there is one or not.
  grpc::Status CallByName(const std::string& method, const std::string& text,
                          grpc::ByteBuffer& answer) {
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    const grpc::Slice slice(text);
    grpc::ByteBuffer request(&slice, 1);
    std::promise<grpc::Status> told;
    stub.UnaryCall(
        &context, method, {}, &request, &answer,
        [&](grpc::Status status) { told.set_value(std::move(status)); });
    return told.get_future().get();
  }

  // The state of `service` as the health service tells it: 1 is SERVING.
  int Health(const std::string& service) {
    // HealthCheckRequest: field 1 is the service's name.
    const std::string text =
        "\x0a" + std::string(1, static_cast<char>(service.size())) + service;
    grpc::ByteBuffer answer;
    if (!CallByName("/grpc.health.v1.Health/Check", text, answer).ok()) {
      return -1;
    }
    grpc::Slice bytes;
    if (!answer.DumpToSingleSlice(&bytes).ok() || bytes.size() != 2) return 0;
    return bytes.begin()[1];
  }

  std::string SocketPath() const { return ledger.folder() + "/socket"; }
};

TEST_F(ServerTest, ReportsTheFreePortItGot) {
  EXPECT_THAT(server->addresses()[0], StartsWith("127.0.0.1:"));
  EXPECT_NE(server->addresses()[0], "127.0.0.1:0");
}

TEST_F(ServerTest, ATakenPortIsRefusedByAddress) {
  const auto second = StartAt(server->addresses()[0]);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(server->addresses()[0]));
}

TEST_F(ServerTest, IsHealthyAsAWholeAndByService) {
  EXPECT_EQ(Health(""), 1);
  for (const char* service :
       {"bursar.v1.TokenBroker", "bursar.v1.Clients", "bursar.v1.Grants",
        "bursar.v1.Events", "bursar.v1.Keys", "bursar.v1.Revocations",
        "bursar.v1.Audit", "bursar.v1.ApiKeys"}) {
    EXPECT_EQ(Health(service), 1) << service;
  }
}

TEST_F(ServerTest, ACallOfNoServiceIsUnimplementedAndHarmsNobody) {
  for (const char* method :
       {"/bursar.v1.TokenBroker/Nothing", "/nobody.Nowhere/Get",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/", ""}) {
    grpc::ByteBuffer answer;
    EXPECT_EQ(CallByName(method, "", answer).error_code(),
              grpc::StatusCode::UNIMPLEMENTED)
        << method;
  }
  EXPECT_EQ(Health(""), 1);
}

TEST_F(ServerTest, KeepsNoThreadForServicesThatBlock) {
  EXPECT_EQ(Health(""), 1);  // Threads name themselves only as they run.
  for (const auto& thread :
       std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(thread.path() / "comm"), name);
    EXPECT_THAT(name, Not(StartsWith("grpcpp_sync")));
  }
}

TEST_F(ServerTest, AnswersOnAUnixSocketAndKnowsItsCallersByIt) {
  const auto second = StartAt("unix:" + SocketPath());
  ASSERT_TRUE(second.ok()) << second.status();
  clients = v1::Clients::NewStub(grpc::CreateChannel(
      (*second)->addresses()[0], grpc::InsecureChannelCredentials()));
  CreateCalendar();
  const auto page =
      Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
  ASSERT_EQ(page.events_size(), 1);
  EXPECT_EQ(page.events(0).actor(), absl::StrCat("unix:", geteuid()));
}

TEST_F(ServerTest, TakesOverASocketThatNobodyListensOn) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  SocketPath().copy(address.sun_path, sizeof(address.sun_path) - 1);
  const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof(address)),
            0);
  close(dead);
  EXPECT_TRUE(StartAt("unix:" + SocketPath()).ok());
}

TEST_F(ServerTest, LeavesALivingServersSocketAlone) {
  const auto first = StartAt("unix:" + SocketPath());
  ASSERT_TRUE(first.ok());
  const auto second = StartAt("unix:" + SocketPath());
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr("another server"));
  clients = v1::Clients::NewStub(grpc::CreateChannel(
      (*first)->addresses()[0], grpc::InsecureChannelCredentials()));
  CreateCalendar();
}

TEST_F(ServerTest, LeavesAFileThatIsNoSocketAlone) {
  std::ofstream(SocketPath()) << "dear diary";
  const auto started = StartAt("unix:" + SocketPath());
  ASSERT_FALSE(started.ok());
  EXPECT_THAT(std::string(started.status().message()), HasSubstr("no socket"));
  std::string content;
  std::getline(std::ifstream(SocketPath()), content);
  EXPECT_EQ(content, "dear diary");
}

TEST_F(ServerTest, DrainingLetsACallUnderWayEndAndRefusesNewOnes) {
  CreateCalendar();
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  v1::RefreshRequest request;
  request.set_user("ada");
  request.set_client("calendar");
  request.set_grant(grant.id());
  request.set_failed_generation(1);
  grpc::ClientContext context;
  v1::RefreshResponse response;
  auto under_way = std::async(std::launch::async, [&] {
    return broker->Refresh(&context, request, &response);
  });
  ASSERT_TRUE(upstream.AwaitCalls(2));

  auto drained = std::async(std::launch::async,
                            [&] { return server->Drain(absl::Seconds(20)); });
  v1::GetTokenRequest late;
  late.set_user("ada");
  late.set_client("calendar");
  for (int tries = 0; tries < 10'000; ++tries) {
    Call(*broker, &v1::TokenBroker::Stub::GetToken, late);
    if (error.code != grpc::StatusCode::OK) break;
  }
  EXPECT_EQ(error.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(error.reason, "SHUTTING_DOWN");
  EXPECT_EQ(Health("bursar.v1.TokenBroker"), 2);

  EXPECT_TRUE(upstream.Answer(GrantedTokens("access-2", "", clock.Now())));
  const grpc::Status status = under_way.get();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.token().access_token(), "access-2");
  EXPECT_TRUE(drained.get());
}

TEST_F(ServerTest, DrainsAtOnceWhenNothingIsUnderWay) {
  CreateCalendar();
  EXPECT_TRUE(server->Drain(absl::Seconds(20)));
}

}  // namespace
}  // namespace bursar

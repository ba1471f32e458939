#include "server/rpc/unix_listener.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

constexpr uid_t kOtherUser = 12'345;

class UnixListenerTest : public BrokerFixture {
 protected:
  UnixListenerTest() {
    policy.Put(
        PolicyOf({EverythingFor({"anonymous", absl::StrCat("unix:", geteuid()),
                                 absl::StrCat("unix:", kOtherUser)})}));
    auto started = RpcServer::Start({{.address = Target()}}, Needs());
    EXPECT_TRUE(started.ok()) << started.status();
    second = *std::move(started);
  }

  std::string Path() const { return ledger.folder() + "/socket"; }
  std::string Target() const { return absl::StrCat("unix:", Path()); }

  // A connection of its own; as another user's, if this process may.
  std::shared_ptr<grpc::Channel> Connect() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(
        Target(), grpc::InsecureChannelCredentials(), arguments);
  }

  // Who creates the client `name` over `connection`.
  std::string ActorOver(const std::shared_ptr<grpc::Channel>& connection,
                        const std::string& name) {
    v1::CreateClientRequest request;
    request.mutable_client()->set_name(name);
    request.mutable_client()->set_provider("zoho");
    request.mutable_client()->set_client_id("1000.CLIENT");
    const auto stub = v1::Clients::NewStub(connection);
    Call(*stub, &v1::Clients::Stub::CreateClient, request);
    if (error.code != grpc::StatusCode::OK) return error.reason;
    v1::ListEventsRequest newest;
    newest.set_newest_first(true);
    newest.set_page_size(1);
    const auto page = Call(*events, &v1::Events::Stub::ListEvents, newest);
    return page.events_size() == 1 ? page.events(0).actor() : "";
  }

  std::unique_ptr<RpcServer> second;
};

TEST_F(UnixListenerTest, ACallerIsTheUserWhoConnected) {
  EXPECT_EQ(ActorOver(Connect(), "calendar"), absl::StrCat("unix:", geteuid()));
}

TEST_F(UnixListenerTest, ConnectionsOfOneUserAreAlike) {
  const auto first = Connect();
  const auto another = Connect();
  const std::string self = absl::StrCat("unix:", geteuid());
  EXPECT_EQ(ActorOver(first, "a"), self);
  EXPECT_EQ(ActorOver(another, "b"), self);
  EXPECT_EQ(ActorOver(first, "c"), self);
}

TEST_F(UnixListenerTest, EachConnectionKeepsItsOwnUser) {
  ASSERT_EQ(geteuid(), 0u) << "only root may connect as somebody else";
  std::filesystem::permissions(ledger.folder(), std::filesystem::perms::all);
  std::filesystem::permissions(Path(), std::filesystem::perms::all);
  const auto mine = Connect();
  EXPECT_EQ(ActorOver(mine, "a"), "unix:0");

  const auto theirs = Connect();
  ASSERT_EQ(seteuid(kOtherUser), 0);
  const bool connected = theirs->WaitForConnected(
      std::chrono::system_clock::now() + std::chrono::seconds(20));
  ASSERT_EQ(seteuid(0), 0);
  ASSERT_TRUE(connected);
  EXPECT_EQ(ActorOver(theirs, "b"), absl::StrCat("unix:", kOtherUser));
  EXPECT_EQ(ActorOver(mine, "c"), "unix:0");
  EXPECT_EQ(ActorOver(theirs, "d"), absl::StrCat("unix:", kOtherUser));
}

TEST_F(UnixListenerTest, NobodyCanConnectOnceItDrains) {
  EXPECT_TRUE(std::filesystem::exists(Path()));
  EXPECT_TRUE(second->Drain(absl::Seconds(20)));
  EXPECT_FALSE(std::filesystem::exists(Path()));
  EXPECT_FALSE(Connect()->WaitForConnected(std::chrono::system_clock::now() +
                                           std::chrono::milliseconds(200)));
}

}  // namespace
}  // namespace bursar

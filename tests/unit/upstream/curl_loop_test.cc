// Many requests at once, and the loop's end.

#include <dirent.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tests/unit/upstream/pending.h"
#include "tests/unit/upstream/scripted_server.h"

namespace bursar {
namespace {

std::size_t ThreadsOfThisProcess() {
  std::size_t count = 0;
  DIR* folder = opendir("/proc/self/task");
  while (const dirent* entry = readdir(folder))
    count += entry->d_name[0] != '.';
  closedir(folder);
  return count;
}

TEST(CurlLoop, AThousandRequestsAreInFlightOnOneThread) {
  constexpr int kRequests = 1000;
  ScriptedServer server;
  const std::size_t before = ThreadsOfThisProcess();
  UpstreamLimits limits;
  limits.connect_timeout = limits.total_timeout = limits.idle_timeout =
      absl::Seconds(60);
  limits.max_connections = kRequests;
  const auto transport = TransportWith(limits);
  std::vector<Pending> pending;
  for (int i = 0; i < kRequests; ++i) {
    pending.emplace_back(*transport, RequestTo(server.Url()));
  }
  std::vector<Connection> connections;
  for (int i = 0; i < kRequests; ++i) {
    connections.push_back(server.Accept());
    connections.back().ReadRequest();
  }
  // All have asked, and none was answered yet.
  EXPECT_EQ(ThreadsOfThisProcess(), before + 1);
  for (Connection& connection : connections) connection.Answer("200 OK", "x");
  for (Pending& one : pending) EXPECT_EQ(one.AwaitAnswer().status, 200);
}

TEST(CurlLoop, RequestsBeyondTheConnectionsWait) {
  ScriptedServer server;
  UpstreamLimits limits;
  limits.max_connections = 1;
  const auto transport = TransportWith(limits);
  Pending first(*transport, RequestTo(server.Url()));
  Pending second(*transport, RequestTo(server.Url()));
  for (Pending* one : {&first, &second}) {
    Connection connection = server.Accept();
    connection.ReadRequest();
    EXPECT_FALSE(server.HasCaller());
    connection.Answer("200 OK", "");
    EXPECT_EQ(one->AwaitAnswer().status, 200);
  }
}

TEST(CurlLoop, WaitingForAConnectionCountsAgainstTheTotal) {
  ScriptedServer server;
  UpstreamLimits limits;
  limits.max_connections = 1;
  limits.total_timeout = absl::Seconds(2);
  const auto transport = TransportWith(limits);
  const auto begin = std::chrono::steady_clock::now();
  Pending first(*transport, RequestTo(server.Url()));
  Pending second(*transport, RequestTo(server.Url()));
  const Connection connection = server.Accept();
  EXPECT_TRUE(std::holds_alternative<HttpFailure>(first.Await()));
  EXPECT_TRUE(std::holds_alternative<HttpFailure>(second.Await()));
  // Counted from its own sending, the second would take as long again.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
}

TEST(CurlLoop, GoingDownEndsWhatIsUnderWay) {
  ScriptedServer server;
  auto transport = TransportWith({});
  Pending pending(*transport, RequestTo(server.Url()));
  Connection connection = server.Accept();
  connection.ReadRequest();
  transport.reset();
  pending.ExpectFailure(Trouble::kConnectionLost, true);
}

TEST(CurlLoop, GoingDownEndsWhatIsSentMeanwhile) {
  ScriptedServer server;
  auto transport = TransportWith({});
  CurlTransport& going = *transport;
  std::promise<HttpResult> third;
  going.Send(RequestTo(server.Url()), [&](HttpResult) {
    going.Send(RequestTo(server.Url()), [&](HttpResult) {
      going.Send(RequestTo(server.Url()), [&](HttpResult result) {
        third.set_value(std::move(result));
      });
    });
  });
  Connection connection = server.Accept();
  connection.ReadRequest();
  transport.reset();
  auto ended = third.get_future();
  ASSERT_EQ(ended.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  const HttpResult result = ended.get();
  ASSERT_TRUE(std::holds_alternative<HttpFailure>(result));
  EXPECT_FALSE(std::get<HttpFailure>(result).sent);
}

TEST(CurlLoop, AnAnswersCallbackMaySendTheNextRequest) {
  ScriptedServer server;
  const auto transport = TransportWith({});
  std::promise<int> status;
  transport->Send(RequestTo(server.Url()), [&](HttpResult) {
    transport->Send(RequestTo(server.Url()), [&](HttpResult result) {
      status.set_value(std::get<HttpAnswer>(result).status);
    });
  });
  for (const char* answer : {"200 OK", "201 Next"}) {
    Connection connection = server.Accept();
    connection.ReadRequest();
    connection.Answer(answer, "");
  }
  EXPECT_EQ(status.get_future().get(), 201);
}

}  // namespace
}  // namespace bursar

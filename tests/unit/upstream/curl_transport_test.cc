// What is sent and what is taken for an answer.

#include "server/upstream/curl_transport.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/unit/upstream/pending.h"
#include "tests/unit/upstream/scripted_server.h"

namespace bursar {
namespace {

class CurlTransportTest : public testing::Test {
 protected:
  ScriptedServer server_;
  std::unique_ptr<CurlTransport> transport_ = TransportWith({});
};

TEST_F(CurlTransportTest, SendsTheBodyAndTheHeaders) {
  HttpRequest request = RequestTo(server_.Url(), "token=a%20b");
  request.headers.push_back({"Authorization", Secret::Copy("Basic eDp5")});
  Pending pending(*transport_, std::move(request));
  Connection connection = server_.Accept();
  const std::string read = connection.ReadRequest();
  connection.Answer("200 OK", "");
  EXPECT_EQ(read.rfind("POST /token HTTP/1.1\r\n", 0), 0);
  EXPECT_NE(read.find("\r\nAuthorization: Basic eDp5\r\n"), std::string::npos);
  EXPECT_NE(read.find("\r\n\r\ntoken=a%20b"), std::string::npos);
  pending.AwaitAnswer();
}

TEST_F(CurlTransportTest, SendsAnEmptyBodyAsOne) {
  Pending pending(*transport_, RequestTo(server_.Url(), ""));
  Connection connection = server_.Accept();
  EXPECT_NE(connection.ReadRequest().find("\r\nContent-Length: 0\r\n"),
            std::string::npos);
  connection.Answer("200 OK", "");
  pending.AwaitAnswer();
}

TEST_F(CurlTransportTest, CanGet) {
  HttpRequest request = RequestTo(server_.Url(), "");
  request.method = HttpMethod::kGet;
  Pending pending(*transport_, std::move(request));
  Connection connection = server_.Accept();
  EXPECT_EQ(connection.ReadRequest().rfind("GET /token ", 0), 0);
  connection.Answer("200 OK", "");
  pending.AwaitAnswer();
}

TEST_F(CurlTransportTest, TellsStatusBodyAndRetryAfter) {
  Pending pending(*transport_, RequestTo(server_.Url()));
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Answer("503 Busy", "later", "retry-after:  7 \r\n");
  const HttpAnswer answer = pending.AwaitAnswer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.retry_after, "7");
  EXPECT_EQ(answer.body.Expose(), "later");
}

TEST_F(CurlTransportTest, TellsARedirectAndDoesNotFollowIt) {
  ScriptedServer elsewhere;
  Pending pending(*transport_, RequestTo(server_.Url()));
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Answer("307 Elsewhere", "",
                    "Location: " + elsewhere.Url() + "\r\n");
  EXPECT_EQ(pending.AwaitAnswer().status, 307);
  EXPECT_FALSE(elsewhere.HasCaller());
}

TEST_F(CurlTransportTest, SendsNoCookieThatItWasGiven) {
  for (int i = 0; i < 2; ++i) {
    Pending pending(*transport_, RequestTo(server_.Url()));
    Connection connection = server_.Accept();
    EXPECT_EQ(connection.ReadRequest().find("Cookie"), std::string::npos);
    connection.Answer("200 OK", "", "Set-Cookie: a=b\r\nConnection: close\r\n");
    pending.AwaitAnswer();
  }
}

TEST_F(CurlTransportTest, RefusesClearTextToAnotherMachineBeforeSending) {
  Pending pending(*transport_, RequestTo("http://as.example/token"));
  pending.ExpectFailure(Trouble::kUntrusted, false);
}

TEST_F(CurlTransportTest, RefusesOtherProtocols) {
  Pending pending(*transport_, RequestTo("file:///etc/hostname"));
  pending.ExpectFailure(Trouble::kUntrusted, false);
}

TEST_F(CurlTransportTest, TakesNoProxyFromTheEnvironment) {
  ScriptedServer proxy;
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
    setenv(name, proxy.Url().c_str(), 1);
  }
  Pending pending(*transport_, RequestTo(server_.Url()));
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Answer("200 OK", "");
  pending.AwaitAnswer();
  EXPECT_FALSE(proxy.HasCaller());
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
    unsetenv(name);
  }
}

TEST(CurlProxy, TheConfiguredOneIsAskedForATunnel) {
  ScriptedServer proxy;
  UpstreamLimits limits;
  limits.proxy = proxy.Url();
  // An exception in the environment is not taken either.
  setenv("no_proxy", "as.example", 1);
  const auto transport = TransportWith(limits);
  Pending pending(*transport, RequestTo("https://as.example/token"));
  Connection connection = proxy.Accept();
  EXPECT_EQ(connection.ReadRequest().rfind("CONNECT as.example:443 ", 0), 0);
  connection.Answer("403 No", "");
  pending.ExpectFailure(Trouble::kUnreachable, false);
  unsetenv("no_proxy");
}

TEST(CurlProxy, ClearTextToThisMachineDoesNotLeaveItThroughAProxy) {
  ScriptedServer server;
  ScriptedServer proxy;
  UpstreamLimits limits;
  limits.proxy = proxy.Url();
  const auto transport = TransportWith(limits);
  Pending pending(*transport, RequestTo(server.Url()));
  Connection connection = server.Accept();
  connection.ReadRequest();
  connection.Answer("200 OK", "");
  pending.AwaitAnswer();
  EXPECT_FALSE(proxy.HasCaller());
}

}  // namespace
}  // namespace bursar

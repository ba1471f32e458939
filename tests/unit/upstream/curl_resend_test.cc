// A request that may have reached the server is never sent a second time.

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "tests/unit/upstream/pending.h"
#include "tests/unit/upstream/scripted_server.h"

namespace bursar {
namespace {

class CurlResendTest : public testing::Test {
 protected:
  ScriptedServer server_;
  std::unique_ptr<CurlTransport> transport_ = TransportWith({});
};

// libcurl sends again what dies on a connection that was used before.
TEST_F(CurlResendTest, AConnectionThatTheServerKeepsOpenIsNotUsedAgain) {
  Pending first(*transport_, RequestTo(server_.Url(), "first"));
  Connection kept = server_.Accept();
  kept.ReadRequest();
  kept.Answer("200 OK", "", "Connection: keep-alive\r\n");
  first.AwaitAnswer();
  EXPECT_EQ(kept.ReadRequest(), "");

  Pending second(*transport_, RequestTo(server_.Url(), "second"));
  Connection another = server_.Accept();
  EXPECT_NE(another.ReadRequest().find("second"), std::string::npos);
  another.Reset();
  second.ExpectFailure(Trouble::kConnectionLost, true);
  EXPECT_FALSE(server_.HasCaller());
}

// libcurl sends again, without being asked, what was refused for its Expect.
TEST_F(CurlResendTest, AReasonOfLibcurlsOwnToSendAgainEndsTheRequest) {
  HttpRequest request = RequestTo(server_.Url());
  request.headers.push_back({"Expect", Secret::Copy("100-continue")});
  Pending pending(*transport_, std::move(request));
  Connection connection = server_.Accept();
  connection.ReadHead();
  connection.Answer("417 Expectation Failed", "");
  pending.ExpectFailure(Trouble::kConnectionLost, true);
}

}  // namespace
}  // namespace bursar

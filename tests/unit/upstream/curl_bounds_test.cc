// Timeouts, the bound on an answer's size, and answers that break off.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "tests/unit/upstream/pending.h"
#include "tests/unit/upstream/scripted_server.h"

namespace bursar {
namespace {

class CurlBoundsTest : public testing::Test {
 protected:
  Pending Send(UpstreamLimits limits = {}, const std::string& scheme = "http") {
    transport_ = TransportWith(std::move(limits));
    return Pending(*transport_, RequestTo(server_.Url(scheme)));
  }

  ScriptedServer server_;
  std::unique_ptr<CurlTransport> transport_;
};

TEST_F(CurlBoundsTest, ARefusedConnectionIsUnreachable) {
  std::string url;
  {
    const ScriptedServer gone;
    url = gone.Url();
  }
  transport_ = TransportWith({});
  Pending(*transport_, RequestTo(url))
      .ExpectFailure(Trouble::kUnreachable, false);
}

TEST_F(CurlBoundsTest, AResetAfterTheRequestIsALostConnection) {
  Pending pending = Send();
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Reset();
  pending.ExpectFailure(Trouble::kConnectionLost, true);
}

TEST_F(CurlBoundsTest, ACloseWithoutAnAnswerIsALostConnection) {
  Pending pending = Send();
  {
    Connection connection = server_.Accept();
    connection.ReadRequest();
  }
  pending.ExpectFailure(Trouble::kConnectionLost, true);
}

TEST_F(CurlBoundsTest, ACloseWithinTheBodyIsALostConnection) {
  Pending pending = Send();
  {
    Connection connection = server_.Accept();
    connection.ReadRequest();
    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
  }
  pending.ExpectFailure(Trouble::kConnectionLost, true);
}

TEST_F(CurlBoundsTest, WhatIsNotHttpIsMalformed) {
  Pending pending = Send();
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Write("220 mail.example ESMTP\r\n250 hello\r\n\r\n");
  pending.ExpectFailure(Trouble::kMalformed, true);
}

TEST_F(CurlBoundsTest, SilenceAfterTheRequestTimesOut) {
  UpstreamLimits limits;
  limits.idle_timeout = absl::Milliseconds(100);
  limits.total_timeout = absl::Hours(1);
  Pending pending = Send(limits);
  Connection connection = server_.Accept();
  connection.ReadRequest();
  pending.ExpectFailure(Trouble::kTimedOut, true);
}

TEST_F(CurlBoundsTest, SilenceWithinTheAnswerTimesOut) {
  UpstreamLimits limits;
  limits.idle_timeout = absl::Milliseconds(100);
  limits.total_timeout = absl::Hours(1);
  Pending pending = Send(limits);
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
  pending.ExpectFailure(Trouble::kTimedOut, true);
}

TEST_F(CurlBoundsTest, AnAnswerThatDripsForeverTimesOut) {
  UpstreamLimits limits;
  limits.total_timeout = absl::Seconds(1);
  Pending pending = Send(limits);
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  while (!pending.ended() && connection.Write("1\r\n.\r\n") > 0) {
  }
  pending.ExpectFailure(Trouble::kTimedOut, true);
}

TEST_F(CurlBoundsTest, AHandshakeThatNeverEndsIsUnreachable) {
  UpstreamLimits limits;
  limits.connect_timeout = absl::Milliseconds(100);
  Pending pending = Send(limits, "https");
  const Connection connection = server_.Accept();
  pending.ExpectFailure(Trouble::kUnreachable, false);
}

TEST_F(CurlBoundsTest, AnAnswerOfExactlyTheBoundIsTaken) {
  UpstreamLimits limits;
  limits.max_answer_bytes = 5;
  Pending pending = Send(limits);
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Answer("200 OK", "12345");
  EXPECT_EQ(pending.AwaitAnswer().body.Expose(), "12345");
}

TEST_F(CurlBoundsTest, AnAnswerPastTheBoundIsReadNoFurther) {
  UpstreamLimits limits;
  limits.max_answer_bytes = 64 << 10;
  Pending pending = Send(limits);
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
  const std::string megabyte(1 << 20, '.');
  int taken = 0;
  while (taken < 100 && connection.Write(megabyte) == megabyte.size()) ++taken;
  // What the kernel's buffers hold goes out whoever reads it.
  EXPECT_LT(taken, 50);
  pending.ExpectFailure(Trouble::kTooLarge, true);
}

TEST_F(CurlBoundsTest, AnAnswerPastTheBoundWithoutALengthIsReadNoFurther) {
  UpstreamLimits limits;
  limits.max_answer_bytes = 4;
  Pending pending = Send(limits);
  Connection connection = server_.Accept();
  connection.ReadRequest();
  connection.Write("HTTP/1.1 200 OK\r\n\r\n12345");
  pending.ExpectFailure(Trouble::kTooLarge, true);
}

}  // namespace
}  // namespace bursar

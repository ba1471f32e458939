// TokenBroker.WatchRevocations over a real connection.

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/core/event.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using DeadTokens = v1::RevocationNotice::DeadTokens;

// A stream and what it is read with.
class WatchStream {
 public:
  WatchStream(v1::TokenBroker::Stub& broker,
              const std::vector<std::string>& held) {
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(30));
    v1::WatchRevocationsRequest request;
    for (const std::string& grant : held) request.add_grants(grant);
    reader_ = broker.WatchRevocations(&context_, request);
  }

  // The next message's grant, "synced", or "end".
  std::string Next() {
    if (!reader_->Read(&last_)) return "end";
    return last_.has_synced() ? "synced" : last_.dead_tokens().grant();
  }
  const DeadTokens& last() const { return last_.dead_tokens(); }

  // Why it ended; to be called at the end.
  RpcError End() { return ErrorOf(reader_->Finish()); }

  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::RevocationNotice>> reader_;
  v1::RevocationNotice last_;
};

class WatchRevocationsTest : public BrokerFixture {
 protected:
  WatchRevocationsTest() { CreateCalendar(); }

  v1::AccessToken Get(const std::string& user) {
    v1::GetTokenRequest request;
    request.set_user(user);
    request.set_client("calendar");
    return Call(*broker, &v1::TokenBroker::Stub::GetToken, request).token();
  }

  void Revoke(const std::string& grant) {
    v1::RevokeRequest request;
    request.set_grant(grant);
    Call(*broker, &v1::TokenBroker::Stub::Revoke, request);
    EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
    executor.Advance(absl::ZeroDuration());
  }

  std::unique_ptr<WatchStream> Watch(
      const std::vector<std::string>& held = {}) {
    return std::make_unique<WatchStream>(*broker, held);
  }
};

TEST_F(WatchRevocationsTest, ATokenThatWasGivenIsToldWhenItDies) {
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  Get("ada");
  const auto stream = Watch();
  ASSERT_EQ(stream->Next(), "synced");
  Revoke(grant.id());
  ASSERT_EQ(stream->Next(), grant.id());
  EXPECT_EQ(stream->last().generation(), 1);
  EXPECT_EQ(stream->last().why(), DeadTokens::REVOKED);
  EXPECT_EQ(stream->last().time().seconds(), absl::ToUnixSeconds(clock.Now()));
}

TEST_F(WatchRevocationsTest, WhatIsHeldAndDeadAlreadyComesFirst) {
  const v1::Grant dead = ConsentOf("ada", "access-1", "refresh-1");
  const v1::Grant living = ConsentOf("bob", "access-2", "refresh-2");
  Revoke(dead.id());
  const auto stream = Watch({living.id(), dead.id()});
  EXPECT_EQ(stream->Next(), dead.id());
  EXPECT_EQ(stream->Next(), "synced");
}

TEST_F(WatchRevocationsTest, AGrantThatWasNeverGivenIsNotToldOf) {
  const v1::Grant others = ConsentOf("ada", "access-1", "refresh-1");
  const v1::Grant own = ConsentOf("bob", "access-2", "refresh-2");
  Get("bob");
  const auto stream = Watch();
  ASSERT_EQ(stream->Next(), "synced");
  Revoke(others.id());
  Revoke(own.id());
  EXPECT_EQ(stream->Next(), own.id());
}

TEST_F(WatchRevocationsTest, ASupersededGrantIsToldOf) {
  const v1::Grant old = ConsentOf("ada", "access-1", "refresh-1");
  Get("ada");
  const auto stream = Watch();
  ASSERT_EQ(stream->Next(), "synced");
  ConsentOf("ada", "access-2", "refresh-2");
  executor.Advance(absl::ZeroDuration());
  ASSERT_EQ(stream->Next(), old.id());
  EXPECT_EQ(stream->last().why(), DeadTokens::SUPERSEDED);
}

TEST_F(WatchRevocationsTest, MoreThanFourThousandGrantsAreRefused) {
  const auto stream = Watch(std::vector<std::string>(4001, "grant"));
  EXPECT_EQ(stream->Next(), "end");
  const RpcError refusal = stream->End();
  EXPECT_EQ(refusal.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(refusal.field, "grants");
}

TEST_F(WatchRevocationsTest, AMalformedGrantIsNamed) {
  const auto stream = Watch({"grant", ""});
  EXPECT_EQ(stream->Next(), "end");
  EXPECT_EQ(stream->End().field, "grants[1]");
}

TEST_F(WatchRevocationsTest, AServerThatGoesDownSendsWatchersElsewhere) {
  const auto stream = Watch();
  ASSERT_EQ(stream->Next(), "synced");
  EXPECT_TRUE(server->Drain(absl::Seconds(20)));
  server.reset();
  EXPECT_EQ(stream->Next(), "end");
  EXPECT_EQ(stream->End().reason, "SHUTTING_DOWN");
}

TEST_F(WatchRevocationsTest, WhoDoesNotReadIsToldToWatchAgain) {
  const auto stream = Watch();
  ASSERT_EQ(stream->Next(), "synced");
  ConsentOf("ada", "access-1", "refresh-1");
  Get("ada");
  // As whom the server knows this test.
  const std::vector<Actor> selves =
      deliveries.CallersOf(GrantId(Get("ada").grant()));
  ASSERT_EQ(selves.size(), 1u);
  // More than the connection takes on its way.
  for (int i = 0; i < 50'000; ++i) {
    Grant grant;
    grant.id = GrantId(absl::StrCat(std::string(100, 'g'), i));
    deliveries.Note(selves[0], grant.id, clock.Now());
    watch.Happened(event::About(grant, event::kGrantRevoked, event::Server(),
                                clock.Now()));
  }
  executor.Advance(absl::ZeroDuration());
  int heard = 0;
  while (stream->Next() != "end") ++heard;
  EXPECT_LT(heard, 50'000);
  const RpcError end = stream->End();
  EXPECT_EQ(end.code, grpc::StatusCode::ABORTED);
  EXPECT_EQ(end.reason, "WATCH_FELL_BEHIND");
}

TEST_F(WatchRevocationsTest, WhoHasGoneIsForgotten) {
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  for (int i = 0; i < 100; ++i) {
    const auto stream = Watch({grant.id()});
    // Some before they have heard a thing.
    if (i % 2 == 0) {
      EXPECT_EQ(stream->Next(), "synced");
    }
    stream->Cancel();
    while (stream->Next() != "end") continue;
    EXPECT_EQ(stream->End().code, grpc::StatusCode::CANCELLED);
  }
  Revoke(grant.id());
  // Goes down with nobody left to wait for.
  EXPECT_TRUE(server->Drain(absl::Seconds(20)));
}

}  // namespace
}  // namespace bursar

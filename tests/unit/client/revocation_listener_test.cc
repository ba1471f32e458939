// A token client drops what the broker says is dead, at once, and holds up
// nobody for it.

#include <gmock/gmock.h>

#include <set>

#include "tests/unit/client/client_fixture.h"

namespace bursar::client {
namespace {

using testing::UnorderedElementsAre;

class RevocationListenerTest : public ClientTest {
 protected:
  RevocationListenerTest() { broker_.watch.Serve(); }

  // Each user's token comes from a grant of that name.
  void AnswerWithAGrantForEachUser() {
    broker_.get_token.Set([this](const auto& request, auto& response) {
      Fill(++generation_, absl::Hours(1), *response.mutable_token());
      response.mutable_token()->set_grant(request.user());
      return grpc::Status::OK;
    });
  }

  bool Watched() {
    return Eventually([&] { return broker_.watch.open() == 1; });
  }
  std::size_t Calls() { return broker_.watch.calls().size(); }
};

TEST_F(RevocationListenerTest, ADeadTokenIsHandedOutNoMore) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  ASSERT_TRUE(Watched());
  broker_.watch.TellDead("grant-1", 1);
  EXPECT_TRUE(Eventually([&] { return client->FindToken(key_) == nullptr; }));
  const auto next = client->GetToken(key_);
  ASSERT_TRUE(next.ok());
  EXPECT_EQ((*next)->generation(), 2);
}

TEST_F(RevocationListenerTest, ATokenNewerThanTheDeadOnesIsKept) {
  AnswerWithAGrantForEachUser();
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  const TokenKey newer("bob", "crm");
  ASSERT_TRUE(client->GetToken(newer).ok());
  ASSERT_TRUE(Watched());
  broker_.watch.TellDead("bob", 1);
  broker_.watch.TellDead("ann", 1);
  EXPECT_TRUE(Eventually([&] { return client->FindToken(key_) == nullptr; }));
  EXPECT_NE(client->FindToken(newer), nullptr);
}

TEST_F(RevocationListenerTest, EveryKeyWithATokenOfTheGrantLosesIt) {
  auto client = Client();
  const TokenKey other("ann", "crm", {"write"});
  ASSERT_TRUE(client->GetToken(key_).ok());
  ASSERT_TRUE(client->GetToken(other).ok());
  ASSERT_TRUE(Watched());
  broker_.watch.TellDead("grant-1", 2);
  EXPECT_TRUE(Eventually([&] {
    return client->FindToken(key_) == nullptr &&
           client->FindToken(other) == nullptr;
  }));
}

TEST_F(RevocationListenerTest, NothingIsWatchedWhileNothingIsHeld) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  ASSERT_TRUE(Watched());
  client->Forget(key_);
  EXPECT_TRUE(Eventually([&] { return broker_.watch.open() == 0; }));
  const std::size_t before = Calls();
  ASSERT_TRUE(client->GetToken(key_).ok());
  EXPECT_TRUE(Eventually([&] { return Calls() > before; }));
}

TEST_F(RevocationListenerTest, ABrokenStreamIsOpenedAgainWithWhatIsHeld) {
  AnswerWithAGrantForEachUser();
  auto client = Client();
  ASSERT_TRUE(client->GetToken(TokenKey("ann", "crm")).ok());
  ASSERT_TRUE(Watched());
  ASSERT_TRUE(client->GetToken(TokenKey("bob", "crm")).ok());
  broker_.watch.End(Refusal(grpc::StatusCode::UNAVAILABLE, v1::SHUTTING_DOWN));
  ASSERT_TRUE(Eventually([&] { return Calls() == 2; }));
  const v1::WatchRevocationsRequest again = broker_.watch.calls()[1];
  EXPECT_THAT(again.grants(), UnorderedElementsAre("ann", "bob"));
}

TEST_F(RevocationListenerTest, ARestartedBrokerIsWatchedAgain) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  ASSERT_TRUE(Watched());
  broker_.Stop();
  EXPECT_NE(client->FindToken(key_), nullptr);
  broker_.Start();
  ASSERT_TRUE(Watched());
  broker_.watch.TellDead("grant-1", 1);
  EXPECT_TRUE(Eventually([&] { return client->FindToken(key_) == nullptr; }));
}

TEST_F(RevocationListenerTest, AnAnswerThatWasOnItsWayIsNotKept) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(TokenKey("bob", "crm")).ok());
  ASSERT_TRUE(Watched());
  broker_.get_token.Set([this](const auto&, auto& response) {
    gate_.Wait();
    Fill(7, absl::Hours(1), *response.mutable_token());
    return grpc::Status::OK;
  });
  std::atomic<bool> answered = false;
  client->GetToken(key_, absl::Minutes(1),
                   [&](const auto& token) { answered = token.ok(); });
  broker_.watch.TellDead("grant-1", 7);
  ASSERT_TRUE(Eventually(
      [&] { return client->FindToken(TokenKey("bob", "crm")) == nullptr; }));
  gate_.Open();
  ASSERT_TRUE(Eventually([&] { return answered.load(); }));
  EXPECT_EQ(client->FindToken(key_), nullptr);
}

TEST_F(RevocationListenerTest, AnOlderBrokerIsNotAskedAgainAndAgain) {
  broker_.watch.Refuse({grpc::StatusCode::UNIMPLEMENTED, "no such method"});
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  ASSERT_TRUE(Eventually([&] { return Calls() == 1; }));
  // Sweeps go by; each fetches what is due.
  for (int64_t sweep = 2; sweep < 6; ++sweep) {
    Advance(absl::Minutes(52));
    ASSERT_NE(client->FindToken(key_), nullptr);
    ASSERT_TRUE(Eventually([&] {
      const auto token = client->FindToken(key_);
      return token != nullptr && token->generation() == sweep;
    }));
  }
  EXPECT_EQ(Calls(), 1u);
}

TEST_F(RevocationListenerTest, AnyOtherRefusalIsTriedAgain) {
  broker_.watch.Refuse({grpc::StatusCode::ABORTED, "too slow"});
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  EXPECT_TRUE(Eventually([&] { return Calls() >= 3; }));
  broker_.watch.Serve();
  EXPECT_TRUE(Watched());
}

TEST_F(RevocationListenerTest, WhoDoesNotWantToWatchDoesNot) {
  TokenClientOptions options = Options();
  options.watch_revocations = false;
  auto client = Client(options);
  ASSERT_TRUE(client->GetToken(key_).ok());
  Advance(absl::Minutes(52));
  ASSERT_NE(client->FindToken(key_), nullptr);
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() == 2; }));
  EXPECT_EQ(Calls(), 0u);
}

TEST_F(RevocationListenerTest, GrantsThatARequestHasNoRoomForAreFetchedAnew) {
  AnswerWithAGrantForEachUser();
  broker_.watch.Refuse({grpc::StatusCode::UNAVAILABLE, "not yet"});
  auto client = Client();
  constexpr int kHeld = 4010;
  for (int i = 0; i < kHeld; ++i) {
    ASSERT_TRUE(client->GetToken(TokenKey(absl::StrCat("u", i), "crm")).ok());
  }
  // The watch that is refused now may have begun when fewer were held; the next
  // one has not.
  const std::size_t before = Calls();
  ASSERT_TRUE(Eventually([&] { return Calls() > before; }));
  broker_.watch.Serve();
  ASSERT_TRUE(Watched());
  EXPECT_EQ(broker_.watch.calls().back().grants_size(), 4000);
  broker_.watch.Synced();
  const auto held = [&] {
    int found = 0;
    for (int i = 0; i < kHeld; ++i) {
      found +=
          client->FindToken(TokenKey(absl::StrCat("u", i), "crm")) != nullptr;
    }
    return found;
  };
  EXPECT_TRUE(Eventually([&] { return held() == 4000; }));
}

}  // namespace
}  // namespace bursar::client

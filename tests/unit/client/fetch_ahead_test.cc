#include "client/errors.h"
#include "tests/unit/client/client_fixture.h"

namespace bursar::client {
namespace {

using FetchAheadTest = ClientTest;

TEST_F(FetchAheadTest, ATokenInUseIsFetchedAnewBeforeItsEnd) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  Advance(absl::Minutes(52));
  // This call is answered at once, with what is at hand; the next ones too,
  // until the newer token is there.
  const auto at_hand = client->FindToken(key_);
  ASSERT_NE(at_hand, nullptr);
  EXPECT_EQ(at_hand->generation(), 1);
  EXPECT_TRUE(Eventually([&] {
    const auto token = client->FindToken(key_);
    return token != nullptr && token->generation() == 2;
  }));
}

TEST_F(FetchAheadTest, AsksForMoreThanTheTokenStillHas) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  Advance(absl::Minutes(52));
  ASSERT_NE(client->FindToken(key_), nullptr);
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() == 2; }));
  EXPECT_GT(broker_.get_token.calls()[1].min_ttl().seconds(), 8 * 60);
  EXPECT_LT(broker_.get_token.calls()[1].min_ttl().seconds(), 60 * 60);
}

TEST_F(FetchAheadTest, ATokenThatNobodyAskedForSinceItCameIsLeftAlone) {
  auto client = Client();
  const TokenKey idle("bob", "crm");
  ASSERT_TRUE(client->GetToken(idle).ok());
  ASSERT_TRUE(client->GetToken(key_).ok());
  Advance(absl::Minutes(52));
  ASSERT_NE(client->FindToken(key_), nullptr);
  // The sweep that fetched the one saw the other too.
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() == 3; }));
  EXPECT_EQ(broker_.get_token.calls()[2].user(), "ann");
}

TEST_F(FetchAheadTest, ATokenWithMostOfItsLifeAheadIsLeftAlone) {
  auto client = Client();
  const TokenKey fresh("bob", "crm");
  ASSERT_TRUE(client->GetToken(key_).ok());
  Advance(absl::Minutes(30));
  ASSERT_TRUE(client->GetToken(fresh).ok());
  ASSERT_NE(client->FindToken(fresh), nullptr);
  Advance(absl::Minutes(22));
  ASSERT_NE(client->FindToken(fresh), nullptr);
  ASSERT_NE(client->FindToken(key_), nullptr);
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() == 3; }));
  EXPECT_EQ(broker_.get_token.calls()[2].user(), "ann");
}

TEST_F(FetchAheadTest, OneIsUnderWayAtATimeForEachKey) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  std::atomic<int> under_way = 0;
  std::atomic<bool> overlapped = false;
  std::atomic<bool> let_go = false;
  broker_.get_token.Set([&](const auto&, auto& response) {
    if (++under_way > 1) overlapped = true;
    Eventually([&] { return let_go.load(); });
    Fill(2, absl::Hours(1), *response.mutable_token());
    --under_way;
    return grpc::Status::OK;
  });
  Advance(absl::Minutes(52));
  ASSERT_NE(client->FindToken(key_), nullptr);
  ASSERT_TRUE(Eventually([&] { return under_way == 1; }));
  // Who needs the new one meanwhile waits for the same call.
  std::atomic<bool> served = false;
  client->GetToken(key_, absl::Minutes(30),
                   [&served](const auto& token) { served = token.ok(); });
  let_go = true;
  EXPECT_TRUE(Eventually([&] { return served.load(); }));
  EXPECT_FALSE(overlapped);
  EXPECT_EQ(broker_.get_token.count(), 2u);
}

TEST_F(FetchAheadTest, AFailureCostsTheCallerNothing) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  broker_.get_token.Set([](const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "down");
  });
  Advance(absl::Minutes(52));
  ASSERT_NE(client->FindToken(key_), nullptr);
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() >= 2; }));
  const auto token = client->GetToken(key_);
  ASSERT_TRUE(token.ok());
  EXPECT_EQ((*token)->generation(), 1);
}

}  // namespace
}  // namespace bursar::client

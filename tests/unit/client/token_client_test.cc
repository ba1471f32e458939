#include "client/token_client.h"

#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include "client/errors.h"
#include "tests/unit/client/client_fixture.h"

namespace bursar::client {
namespace {

using grpc::StatusCode;
using Result = absl::StatusOr<TokenClient::TokenPtr>;

using TokenClientTest = ClientTest;

TEST_F(TokenClientTest, HandsOutAllThatTheBrokerSaysOfAToken) {
  auto client = Client();
  const Result token = client->GetToken(key_);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ((*token)->authorization(), "Bearer token-1");
  EXPECT_EQ((*token)->access_token(), "token-1");
  EXPECT_EQ((*token)->token_type(), "Bearer");
  EXPECT_EQ((*token)->scopes(), std::vector<std::string>{"read"});
  EXPECT_EQ((*token)->api_domain(), "https://api.example");
  EXPECT_EQ((*token)->expire_time(), Now() + absl::Hours(1));
  EXPECT_EQ((*token)->grant(), "grant-1");
  EXPECT_EQ((*token)->generation(), 1);
}

TEST_F(TokenClientTest, AsksTheBrokerForWhatTheKeySays) {
  auto client = Client();
  ASSERT_TRUE(client
                  ->GetToken(TokenKey("ann", "crm", {"write", "read", "read"}),
                             absl::Seconds(90))
                  .ok());
  const auto calls = broker_.get_token.calls();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].user(), "ann");
  EXPECT_EQ(calls[0].client(), "crm");
  ASSERT_EQ(calls[0].scopes_size(), 2);
  EXPECT_EQ(calls[0].scopes(0), "read");
  EXPECT_EQ(calls[0].min_ttl().seconds(), 90);
}

TEST_F(TokenClientTest, ATokenAtHandCostsNoCall) {
  auto client = Client();
  const Result first = client->GetToken(key_);
  for (int i = 0; i < 100; ++i) {
    const Result again = client->GetToken(key_);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*again, *first);
  }
  EXPECT_EQ(broker_.get_token.count(), 1u);
}

TEST_F(TokenClientTest, ATokenAtHandIsGivenBeforeTheAsynchronousCallReturns) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  bool given = false;
  client->GetToken(key_, absl::Minutes(1),
                   [&given](const Result& token) { given = token.ok(); });
  EXPECT_TRUE(given);
}

TEST_F(TokenClientTest, ATokenThatEndsTooSoonIsFetchedAnew) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_, absl::Minutes(50)).ok());
  Advance(absl::Minutes(20));
  const Result token = client->GetToken(key_, absl::Minutes(50));
  ASSERT_TRUE(token.ok());
  EXPECT_EQ((*token)->generation(), 2);
}

TEST_F(TokenClientTest, KeysThatDifferInScopesAloneDoNotShare) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(TokenKey("ann", "crm", {"a"})).ok());
  ASSERT_TRUE(client->GetToken(TokenKey("ann", "crm", {"b"})).ok());
  EXPECT_EQ(broker_.get_token.count(), 2u);
}

TEST_F(TokenClientTest, EverybodyWhoMissesSharesOneCall) {
  broker_.get_token.Set([&](const auto&, auto& response) {
    gate_.Wait();
    Fill(1, absl::Hours(1), *response.mutable_token());
    return grpc::Status::OK;
  });
  auto client = Client();
  std::atomic<int> answered = 0;
  for (int i = 0; i < 100; ++i) {
    client->GetToken(key_, absl::Minutes(1), [&answered](const Result& token) {
      if (token.ok()) ++answered;
    });
  }
  gate_.Open();
  EXPECT_TRUE(Eventually([&] { return answered == 100; }));
  EXPECT_EQ(broker_.get_token.count(), 1u);
}

TEST_F(TokenClientTest, RepeatsWhatEndsUnavailable) {
  std::atomic<int> failures = 3;
  broker_.get_token.Set([&](const auto&, auto& response) {
    if (failures-- > 0) return grpc::Status(StatusCode::UNAVAILABLE, "not yet");
    Fill(1, absl::Hours(1), *response.mutable_token());
    return grpc::Status::OK;
  });
  EXPECT_TRUE(Client()->GetToken(key_).ok());
  EXPECT_EQ(broker_.get_token.count(), 4u);
}

class TokenClientFinalTest : public ClientTest,
                             public testing::WithParamInterface<StatusCode> {};

TEST_P(TokenClientFinalTest, RepeatsNothingElse) {
  broker_.get_token.Set(
      [](const auto&, auto&) { return grpc::Status(GetParam(), "no"); });
  const Result token = Client()->GetToken(key_);
  EXPECT_EQ(static_cast<int>(token.status().code()), GetParam());
  EXPECT_EQ(broker_.get_token.count(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, TokenClientFinalTest,
    testing::Values(StatusCode::INVALID_ARGUMENT, StatusCode::NOT_FOUND,
                    StatusCode::FAILED_PRECONDITION, StatusCode::OUT_OF_RANGE,
                    StatusCode::RESOURCE_EXHAUSTED, StatusCode::INTERNAL,
                    StatusCode::PERMISSION_DENIED, StatusCode::UNKNOWN));

TEST_F(TokenClientTest, NeverRepeatsBeyondTheDeadline) {
  broker_.get_token.Set([](const auto&, auto&) {
    return grpc::Status(StatusCode::UNAVAILABLE, "down");
  });
  auto options = Options();
  options.deadline = absl::Seconds(1);
  auto client = Client(options);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(client->GetToken(key_).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
  EXPECT_GT(broker_.get_token.count(), 1u);
}

TEST_F(TokenClientTest, ABrokerThatStallsIsLeftAtTheDeadline) {
  broker_.get_token.Set([&](const auto&, auto&) {
    gate_.Wait();
    return grpc::Status::OK;
  });
  auto options = Options();
  options.deadline = absl::Milliseconds(100);
  const Result token = Client(options)->GetToken(key_);
  EXPECT_EQ(token.status().code(), absl::StatusCode::kDeadlineExceeded);
  gate_.Open();
}

TEST_F(TokenClientTest, WaitsAsLongAsTheBrokerAsks) {
  std::atomic<int> failures = 1;
  broker_.get_token.Set([&](const auto&, auto& response) {
    if (failures-- > 0) {
      return Refusal(StatusCode::UNAVAILABLE, v1::PROVIDER_UNAVAILABLE, {},
                     absl::Milliseconds(300));
    }
    Fill(1, absl::Hours(1), *response.mutable_token());
    return grpc::Status::OK;
  });
  auto client = Client();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(client->GetToken(key_).ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start,
            std::chrono::milliseconds(295));
}

TEST_F(TokenClientTest, FailsAtOnceIfTheBrokerAsksForMoreThanTheDeadline) {
  broker_.get_token.Set([&](const auto&, auto&) {
    return Refusal(StatusCode::UNAVAILABLE, v1::PROVIDER_UNAVAILABLE, {},
                   absl::Hours(1));
  });
  const Result token = Client()->GetToken(key_);
  EXPECT_EQ(ErrorReason(token.status()), "PROVIDER_UNAVAILABLE");
  EXPECT_EQ(RetryDelay(token.status()), absl::Hours(1));
  EXPECT_EQ(broker_.get_token.count(), 1u);
}

TEST_F(TokenClientTest, ALivingTokenIsServedWhileTheBrokerIsDown) {
  auto client = Client();
  const Result first = client->GetToken(key_);
  ASSERT_TRUE(first.ok());
  broker_.Stop();
  Advance(absl::Minutes(55));
  const Result token = client->GetToken(key_, absl::Minutes(10));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(*token, *first);
}

TEST_F(TokenClientTest, AnExpiredTokenIsNotServedWhileTheBrokerIsDown) {
  auto options = Options();
  options.deadline = absl::Seconds(1);
  auto client = Client(options);
  ASSERT_TRUE(client->GetToken(key_).ok());
  broker_.Stop();
  Advance(absl::Minutes(61));
  EXPECT_FALSE(client->GetToken(key_).ok());
}

TEST_F(TokenClientTest, ATokenIsFetchedWhenTheBrokerIsBack) {
  auto client = Client();
  broker_.Stop();
  auto token = std::async([&] { return client->GetToken(key_); });
  broker_.Start();
  EXPECT_TRUE(token.get().ok());
}

TEST_F(TokenClientTest, AnAnswerWithoutATokenIsAnError) {
  broker_.get_token.Set([](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Client()->GetToken(key_).status().code(),
            absl::StatusCode::kInternal);
}

TEST_F(TokenClientTest, ARefusedTokenIsRefreshedOnceForAHundredCallers) {
  auto client = Client();
  const Result refused = client->GetToken(key_);
  ASSERT_TRUE(refused.ok());
  broker_.refresh.Set([&](const auto&, auto& response) {
    Fill(++generation_, absl::Hours(1), *response.mutable_token());
    return grpc::Status::OK;
  });
  std::vector<std::thread> callers;
  std::atomic<int> renewed = 0;
  for (int i = 0; i < 100; ++i) {
    callers.emplace_back([&] {
      const Result token = client->Refresh(**refused);
      if (token.ok() && (*token)->generation() == 2) ++renewed;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(renewed, 100);
  const auto calls = broker_.refresh.calls();
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].grant(), "grant-1");
  EXPECT_EQ(calls[0].failed_generation(), 1);
  EXPECT_EQ(calls[0].user(), "ann");
}

TEST_F(TokenClientTest, AReportedTokenIsNotHandedOutAgain) {
  auto client = Client();
  const Result refused = client->GetToken(key_);
  ASSERT_TRUE(refused.ok());
  client->ReportRefused(**refused);
  EXPECT_EQ(client->FindToken(key_), nullptr);
}

TEST_F(TokenClientTest, AReportOfAnOlderTokenDoesNoHarm) {
  auto client = Client();
  const Result old = client->GetToken(key_);
  ASSERT_TRUE(old.ok());
  Advance(absl::Minutes(61));
  const Result current = client->GetToken(key_);
  ASSERT_TRUE(current.ok());
  const Result token = client->Refresh(**old);
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(*token, *current);
  EXPECT_EQ(broker_.refresh.count(), 0u);
}

TEST_F(TokenClientTest, AForgottenTokenIsFetchedAnew) {
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  client->Forget(key_);
  EXPECT_EQ(client->FindToken(key_), nullptr);
  ASSERT_TRUE(client->GetToken(key_).ok());
  EXPECT_EQ(broker_.get_token.count(), 2u);
}

TEST_F(TokenClientTest, WhatIsUnderWayWhenForgottenIsNotKept) {
  broker_.get_token.Set([&](const auto&, auto& response) {
    gate_.Wait();
    Fill(1, absl::Hours(1), *response.mutable_token());
    return grpc::Status::OK;
  });
  auto client = Client();
  auto token = std::async([&] { return client->GetToken(key_); });
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() == 1; }));
  client->Forget(key_);
  gate_.Open();
  EXPECT_TRUE(token.get().ok());
  EXPECT_EQ(client->FindToken(key_), nullptr);
}

TEST_F(TokenClientTest, AClientThatGoesCancelsWhatIsUnderWay) {
  broker_.get_token.Set([&](const auto&, auto&) {
    gate_.Wait();
    return grpc::Status::OK;
  });
  auto client = Client();
  std::promise<absl::Status> ended;
  client->GetToken(key_, absl::Minutes(1), [&ended](const Result& token) {
    ended.set_value(token.status());
  });
  ASSERT_TRUE(Eventually([&] { return broker_.get_token.count() == 1; }));
  client = nullptr;
  EXPECT_EQ(ended.get_future().get().code(), absl::StatusCode::kCancelled);
  gate_.Open();
}

TEST_F(TokenClientTest, ACallbackMayDropTheLastReferenceToItsClient) {
  auto client = Client();
  std::promise<bool> ended;
  TokenClient& asked = *client;
  asked.GetToken(
      key_, absl::Minutes(1),
      [kept = std::move(client), &ended](const Result& token) mutable {
        kept = nullptr;
        ended.set_value(token.ok());
      });
  EXPECT_TRUE(ended.get_future().get());
}

class ConsentTest : public ClientTest {
 protected:
  ConsentTest() {
    broker_.get_token.Set([](const auto&, auto&) {
      return Refusal(StatusCode::FAILED_PRECONDITION, v1::CONSENT_REQUIRED,
                     {{"why", "NO_GRANT"}});
    });
    broker_.begin_consent.Set([this](const auto&, auto& response) {
      response.set_authorization_url("https://provider.example/auth?state=s1");
      response.mutable_expire_time()->set_seconds(
          absl::ToUnixSeconds(Now() + absl::Minutes(10)));
      return grpc::Status::OK;
    });
  }
};

TEST_F(ConsentTest, SaysWhereToSendTheUser) {
  const Result token = Client()->GetToken(key_);
  EXPECT_EQ(token.status().code(), absl::StatusCode::kFailedPrecondition);
  const auto consent = ConsentRequiredOf(token.status());
  ASSERT_TRUE(consent.has_value());
  EXPECT_EQ(consent->user, "ann");
  EXPECT_EQ(consent->client, "crm");
  EXPECT_EQ(consent->why, "NO_GRANT");
  EXPECT_EQ(consent->authorization_url,
            "https://provider.example/auth?state=s1");
  EXPECT_EQ(consent->expire_time, Now() + absl::Minutes(10));
  const auto begun = broker_.begin_consent.calls();
  ASSERT_EQ(begun.size(), 1u);
  EXPECT_EQ(begun[0].user(), "ann");
  EXPECT_EQ(begun[0].client(), "crm");
  EXPECT_EQ(begun[0].scopes(0), "read");
}

TEST_F(ConsentTest, ALoopOfCallsBeginsOneConsent) {
  auto client = Client();
  for (int i = 0; i < 50; ++i) {
    const auto consent = ConsentRequiredOf(client->GetToken(key_).status());
    ASSERT_TRUE(consent.has_value());
    EXPECT_FALSE(consent->authorization_url.empty());
  }
  EXPECT_EQ(broker_.begin_consent.count(), 1u);
}

TEST_F(ConsentTest, AConsentThatNearlyExpiredIsBegunAnew) {
  auto client = Client();
  EXPECT_FALSE(client->GetToken(key_).ok());
  Advance(absl::Minutes(9));
  EXPECT_FALSE(client->GetToken(key_).ok());
  EXPECT_EQ(broker_.begin_consent.count(), 2u);
}

TEST_F(ConsentTest, NoneIsBegunWhereTheOptionIsOff) {
  auto options = Options();
  options.begin_consent = false;
  const auto consent =
      ConsentRequiredOf(Client(options)->GetToken(key_).status());
  ASSERT_TRUE(consent.has_value());
  EXPECT_EQ(consent->user, "ann");
  EXPECT_EQ(consent->authorization_url, "");
  EXPECT_EQ(broker_.begin_consent.count(), 0u);
}

TEST_F(ConsentTest, TheRefusalStandsWhenNoConsentCanBeBegun) {
  broker_.begin_consent.Set([](const auto&, auto&) {
    return grpc::Status(StatusCode::INTERNAL, "no");
  });
  const auto consent = ConsentRequiredOf(Client()->GetToken(key_).status());
  ASSERT_TRUE(consent.has_value());
  EXPECT_EQ(consent->authorization_url, "");
}

TEST_F(ConsentTest, ATokenWhoseGrantEndedIsNotServedAnyMore) {
  AnswerWithTokens();
  auto client = Client();
  ASSERT_TRUE(client->GetToken(key_).ok());
  broker_.get_token.Set([](const auto&, auto&) {
    return Refusal(StatusCode::FAILED_PRECONDITION, v1::CONSENT_REQUIRED,
                   {{"why", "REVOKED"}});
  });
  EXPECT_FALSE(client->GetToken(key_, absl::Hours(2)).ok());
  EXPECT_EQ(client->FindToken(key_), nullptr);
}

}  // namespace
}  // namespace bursar::client

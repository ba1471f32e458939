// What the token client's tests share: a scripted broker, a clock that moves
// only when told, a client between them.

#ifndef BURSAR_TESTS_UNIT_CLIENT_CLIENT_FIXTURE_H_
#define BURSAR_TESTS_UNIT_CLIENT_CLIENT_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/token_client.h"
#include "tests/fakes/eventually.h"
#include "tests/unit/client/scripted_broker.h"

namespace bursar::client {

/// Holds calls at the broker until it is opened.
class Gate {
 public:
  void Open() {
    std::call_once(once_, [this] { open_.set_value(); });
  }
  void Wait() const { opened_.wait(); }

 private:
  std::once_flag once_;
  std::promise<void> open_;
  const std::shared_future<void> opened_ = open_.get_future().share();
};

class ClientTest : public testing::Test {
 protected:
  ClientTest() { AnswerWithTokens(); }
  ~ClientTest() override { gate_.Open(); }

  absl::Time Now() const { return absl::FromUnixSeconds(now_); }
  void Advance(absl::Duration by) { now_ += absl::ToInt64Seconds(by); }

  TokenClientOptions Options() {
    TokenClientOptions options;
    options.broker.target = broker_.target();
    options.retry.initial_backoff = absl::Milliseconds(1);
    options.retry.max_backoff = absl::Milliseconds(4);
    options.sweep_interval = absl::Milliseconds(1);
    options.now = [now = &now_] { return absl::FromUnixSeconds(*now); };
    return options;
  }

  std::shared_ptr<TokenClient> Client() { return Client(Options()); }
  static std::shared_ptr<TokenClient> Client(TokenClientOptions options) {
    auto client = TokenClient::Create(std::move(options));
    EXPECT_TRUE(client.ok()) << client.status();
    return *client;
  }

  /// From now on the broker answers every call with a token of the next
  /// generation that lives for `life`.
  void AnswerWithTokens(absl::Duration life = absl::Hours(1)) {
    broker_.get_token.Set([this, life](const auto&, auto& response) {
      Fill(++generation_, life, *response.mutable_token());
      return grpc::Status::OK;
    });
  }

  void Fill(int64_t generation, absl::Duration life, v1::AccessToken& token) {
    token.set_access_token(absl::StrCat("token-", generation));
    token.set_authorization(absl::StrCat("Bearer token-", generation));
    token.set_token_type("Bearer");
    token.add_scopes("read");
    token.set_api_domain("https://api.example");
    token.set_grant("grant-1");
    token.set_generation(generation);
    token.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(Now() + life));
  }

  // Before the broker, whose threads use them until it is gone.
  Gate gate_;
  std::atomic<int64_t> now_ = 1'800'000'000;
  std::atomic<int64_t> generation_ = 0;
  ScriptedBroker broker_;
  const TokenKey key_{"ann", "crm", {"read"}};
};

}  // namespace bursar::client

#endif  // BURSAR_TESTS_UNIT_CLIENT_CLIENT_FIXTURE_H_

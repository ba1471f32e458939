// How a provider's metadata is fetched, on real sockets.

#include "server/upstream/discovery.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <semaphore>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/fakes/manual_executor.h"
#include "tests/unit/upstream/pending.h"
#include "tests/unit/upstream/scripted_server.h"

namespace bursar {
namespace {

// Tells when an answer has been dealt with.
class WatchedTransport final : public Transport {
 public:
  void Send(HttpRequest request, Done done) override {
    inner_->Send(std::move(request),
                 [this, done = std::move(done)](HttpResult result) mutable {
                   done(std::move(result));
                   dealt_with_.release();
                 });
  }

  bool AwaitAnswer() {
    return dealt_with_.try_acquire_for(std::chrono::seconds(10));
  }

 private:
  std::counting_semaphore<> dealt_with_{0};
  std::unique_ptr<CurlTransport> inner_ = TransportWith({});
};

class DiscoveryTest : public testing::Test {
 protected:
  static std::string IssuerOf(const ScriptedServer& server) {
    return std::string(absl::StripSuffix(server.Url(), "/token"));
  }

  std::vector<Provider> Configured() const {
    Provider idp;
    idp.name = ProviderName("idp");
    idp.issuer = IssuerOf(server_);
    idp.discovered = false;
    Provider known;
    known.name = ProviderName("known");
    return {idp, known};
  }

  std::string Metadata() const {
    const std::string issuer = IssuerOf(server_);
    return absl::StrCat(
        R"({"issuer":")", issuer, R"(","authorization_endpoint":")", issuer,
        R"(/authorize","token_endpoint":")", issuer, R"(/tokens"})");
  }

  void Start() { StartDiscovery(providers_, transport_, executor_); }

  // Answers the next request, and says what it asked for.
  std::string Answer(const std::string& status, const std::string& body) {
    Connection connection = server_.Accept();
    const std::string request = connection.ReadRequest();
    connection.Answer(status, body);
    EXPECT_TRUE(transport_.AwaitAnswer());
    return request.substr(0, request.find(" HTTP"));
  }

  // The pause after a failure.
  void PassPause() { executor_.Advance(absl::Minutes(5)); }

  const Provider& Idp() const { return *providers_.Find(ProviderName("idp")); }

  ScriptedServer server_;
  Providers providers_{Configured()};
  ManualExecutor executor_;
  WatchedTransport transport_;
};

TEST_F(DiscoveryTest, AsksForWhatIsAwaitedAndNothingElse) {
  Start();
  EXPECT_EQ(Answer("200 OK", Metadata()),
            "GET /.well-known/openid-configuration");
  ASSERT_TRUE(Idp().discovered);
  EXPECT_EQ(Idp().token_endpoint, IssuerOf(server_) + "/tokens");
  EXPECT_FALSE(server_.HasCaller());
}

TEST_F(DiscoveryTest, LooksWhereTheOtherStandardPutsIt) {
  Start();
  Answer("404 Not Found", Metadata());
  PassPause();
  EXPECT_EQ(Answer("200 OK", Metadata()),
            "GET /.well-known/oauth-authorization-server");
  EXPECT_TRUE(Idp().discovered);
}

TEST_F(DiscoveryTest, AsksUntilTheAnswerWillDo) {
  Start();
  for (const char* body :
       {"<html>", R"({"issuer":"https://other.example"})", "{}"}) {
    Answer("200 OK", body);
    PassPause();
    EXPECT_FALSE(Idp().discovered);
  }
  Answer("200 OK", Metadata());
  EXPECT_TRUE(Idp().discovered);
}

TEST_F(DiscoveryTest, AsksAgainWhenTheConnectionBreaks) {
  Start();
  server_.Accept().Reset();
  ASSERT_TRUE(transport_.AwaitAnswer());
  PassPause();
  Answer("200 OK", Metadata());
  EXPECT_TRUE(Idp().discovered);
}

TEST_F(DiscoveryTest, WhoHoldsTheIncompleteProviderKeepsIt) {
  const Provider& before = Idp();
  Start();
  Answer("200 OK", Metadata());
  ASSERT_TRUE(Idp().discovered);
  EXPECT_NE(&Idp(), &before);
  EXPECT_FALSE(before.discovered);
  EXPECT_EQ(before.token_endpoint, "");
}

TEST(DiscoveryPause, DoublesFromASecondToFiveMinutes) {
  EXPECT_EQ(PauseBeforeDiscovery(2), absl::Seconds(1));
  EXPECT_EQ(PauseBeforeDiscovery(4), absl::Seconds(2));
  EXPECT_EQ(PauseBeforeDiscovery(16), absl::Seconds(128));
  EXPECT_EQ(PauseBeforeDiscovery(20), absl::Minutes(5));
  EXPECT_EQ(PauseBeforeDiscovery(1'000'000), absl::Minutes(5));
}

TEST(DiscoveryPause, IsNoneBeforeTheOtherPlaceIsTried) {
  for (const int64_t attempt : {0, 1, 3, 21}) {
    EXPECT_EQ(PauseBeforeDiscovery(attempt), absl::ZeroDuration()) << attempt;
  }
}

}  // namespace
}  // namespace bursar

// Certificates and policy are changed while a thousand calls a second come in:
// whoever may go on notices nothing, and whoever may not is out.

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "gtest/gtest.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/attack/stronghold.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/steady_load.h"

namespace bursar::journey {
namespace {

constexpr int kCallsPerSecond = 1000;
constexpr std::size_t kConnections = 8;
// What a change must be in force within.
constexpr absl::Duration kInForce = absl::Seconds(5);

// One call's messages, alive until it ends.
struct LoadCall {
  grpc::ClientContext context;
  v1::GetTokenRequest request;
  v1::GetTokenResponse response;
};

class SwapUnderLoad : public ::testing::Test {
 protected:
  // Over connections of their own; a thousand calls a second over all of them.
  SteadyLoad Load(const Credentials& credentials) {
    auto stubs =
        std::make_shared<std::vector<std::unique_ptr<v1::TokenBroker::Stub>>>();
    for (std::size_t i = 0; i < kConnections; ++i) {
      const auto channel = Connect(credentials);
      EXPECT_TRUE(channel->WaitForConnected(std::chrono::system_clock::now() +
                                            std::chrono::seconds(30)));
      stubs->push_back(v1::TokenBroker::NewStub(channel));
    }
    return SteadyLoad(
        [stubs](int64_t number, std::function<void(Outcome)> done) {
          auto* call = new LoadCall;
          call->request = TokenRequest(kAnn, {kRead});
          call->context.set_deadline(std::chrono::system_clock::now() +
                                     std::chrono::seconds(30));
          const auto& stub =
              (*stubs)[static_cast<std::size_t>(number) % stubs->size()];
          stub->async()->GetToken(
              &call->context, &call->request, &call->response,
              [call, done = std::move(done)](const grpc::Status& status) {
                delete call;
                done(OutcomeOf(status));
              });
        },
        kCallsPerSecond);
  }

  Credentials Reader() {
    return stronghold_.Certified(absl::StrCat("URI:", Stronghold::kReader));
  }

  static void Await(const SteadyLoad& load, int64_t calls) {
    ASSERT_TRUE(Eventually([&] { return load.Now().begun >= calls; }));
  }

  void AwaitLog(const std::string& text, int times = 1) {
    ASSERT_TRUE(Eventually([&] {
      return CountIn(stronghold_.broker().Log(), text) >= times;
    })) << "the log never says "
        << text;
  }

  static int CountIn(const std::string& text, const std::string& word) {
    int count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos;
         at = text.find(word, at + 1)) {
      ++count;
    }
    return count;
  }

  static void ExpectNoneFailed(const SteadyLoad::Ends& ends) {
    EXPECT_EQ(ends.succeeded, ends.begun);
    for (const auto& [refusal, count] : ends.refused) {
      ADD_FAILURE() << count << " calls ended with " << refusal;
    }
  }

  /// Calls until one ends with `code`; how long that took.
  static absl::Duration UntilRefused(Api& api, grpc::StatusCode code) {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_TRUE(Eventually([&] {
      return api.GetToken(TokenRequest(kAnn, {kRead})).outcome.code == code;
    }));
    return absl::FromChrono(std::chrono::steady_clock::now() - begun);
  }

  Stronghold stronghold_;
};

TEST_F(SwapUnderLoad, NoCallFailsWhenTheBrokersCertificateIsReplaced) {
  SteadyLoad load = Load(Reader());
  Await(load, 1000);
  for (int swap = 1; swap <= 3; ++swap) {
    stronghold_.ReplaceServerCertificate();
    AwaitLog("tls.reloaded", swap);
    // Who connects now meets the new one.
    Api newcomer(Connect(Reader()));
    EXPECT_TRUE(newcomer.GetToken(TokenRequest(kAnn, {kRead})).ok());
    Await(load, load.Now().begun + 1000);
  }
  ExpectNoneFailed(load.Stop());
}

TEST_F(SwapUnderLoad, ARevokedCertificateIsRefusedOnAnOpenConnection) {
  SteadyLoad load = Load(Reader());
  const CertificateFiles old = stronghold_.authority().Issue(
      "old", absl::StrCat("URI:", Stronghold::kReader));
  Api holder(Connect(stronghold_.Showing(old)));
  ASSERT_TRUE(holder.GetToken(TokenRequest(kAnn, {kRead})).ok());
  Await(load, 1000);
  stronghold_.RevokeCertificate(old);
  const absl::Duration taken =
      UntilRefused(holder, grpc::StatusCode::UNAUTHENTICATED);
  std::printf("refused after %s\n", absl::FormatDuration(taken).c_str());
  EXPECT_LT(taken, kInForce);
  // Nor does it come in anew.
  Api newcomer(Connect(stronghold_.Showing(old)));
  EXPECT_FALSE(newcomer.GetToken(TokenRequest(kAnn, {kRead})).ok());
  ExpectNoneFailed(load.Stop());
}

TEST_F(SwapUnderLoad, ASubjectThatThePolicyDropsIsDeniedAtOnce) {
  SteadyLoad load = Load(Reader());
  SteadyLoad dropped = Load(
      stronghold_.Certified(absl::StrCat("DNS:", Stronghold::kServiceHost)));
  Await(load, 1000);
  Await(dropped, 1000);
  stronghold_.broker().WritePolicy(stronghold_.PolicyWithoutTheService());
  AwaitLog("policy.reloaded");
  // From here on, to the very next call.
  const int64_t served = dropped.Now().succeeded;
  Api service(Connect(
      stronghold_.Certified(absl::StrCat("DNS:", Stronghold::kServiceHost))));
  EXPECT_EQ(service.GetToken(TokenRequest(kAnn, {kRead})).outcome.code,
            grpc::StatusCode::PERMISSION_DENIED);
  Await(dropped, dropped.Now().begun + 1000);
  const SteadyLoad::Ends ends = dropped.Stop();
  std::printf("%ld calls of the dropped subject ended well before, %ld after\n",
              static_cast<long>(served),
              static_cast<long>(ends.succeeded - served));
  // Those that were under way when the policy came into force.
  EXPECT_LT(ends.succeeded - served, kCallsPerSecond / 10);
  EXPECT_EQ(ends.refused.size(), 1u);
  ExpectNoneFailed(load.Stop());
}

TEST_F(SwapUnderLoad, ABrokenPairChangesNothingButTheLog) {
  SteadyLoad load = Load(Reader());
  Await(load, 1000);
  stronghold_.BreakServerKey();
  AwaitLog("tls.refused");
  Api newcomer(Connect(Reader()));
  EXPECT_TRUE(newcomer.GetToken(TokenRequest(kAnn, {kRead})).ok());
  Await(load, load.Now().begun + 1000);
  ExpectNoneFailed(load.Stop());
}

TEST_F(SwapUnderLoad, ABrokenPolicyChangesNothingButTheLog) {
  SteadyLoad load = Load(Reader());
  Await(load, 1000);
  stronghold_.broker().WritePolicy(
      "rules:\n  - {name: x, subjects: [\"*\"]}\n");
  AwaitLog("policy.refused");
  EXPECT_TRUE(absl::StrContains(stronghold_.broker().Log(), "policy.yaml:2:"));
  Await(load, load.Now().begun + 1000);
  ExpectNoneFailed(load.Stop());
}

}  // namespace
}  // namespace bursar::journey

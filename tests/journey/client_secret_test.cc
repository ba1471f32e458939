// A client secret replaced while calls run: none of them fails.

#include <atomic>
#include <thread>

#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

class ClientSecret : public Journey {
 protected:
  void SetUp() override { StartStack(); }

  Outcome Replace(const std::string& secret) {
    v1::ReplaceClientSecretRequest request;
    request.set_name(kClient);
    request.set_client_secret(secret);
    return api().ReplaceClientSecret(request).outcome;
  }
};

TEST_F(ClientSecret, ReplacedWhileCallsRunFailsNone) {
  Consent(kAnn);
  std::atomic<bool> stop = false;
  std::atomic<int> answered = 0;
  std::atomic<int> failed = 0;
  std::thread caller([&] {
    v1::AccessToken token = GetToken(kAnn).value;
    while (!stop) {
      const auto next = Refresh(token, kAnn);
      if (next.ok()) token = next.value;
      ++(next.ok() ? answered : failed);
    }
  });
  EXPECT_TRUE(Eventually([&] { return answered > 5; }));
  // What is new about it is the broker's to find out: providers take both for
  // a while.
  const int before = answered;
  EXPECT_TRUE(Replace(registered().secret).ok());
  EXPECT_TRUE(Eventually([&] { return answered > before + 5; }));
  stop = true;
  caller.join();
  EXPECT_EQ(failed, 0);
}

TEST_F(ClientSecret, NewOneIsUsedFromTheNextCallOn) {
  Consent(kAnn);
  const v1::AccessToken token = GetToken(kAnn).value;
  const std::string renewed = sandbox().ReplaceSecret(registered().id);
  ASSERT_TRUE(Replace(renewed).ok());
  const auto reply = Refresh(token, kAnn);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
}

TEST_F(ClientSecret, CallUnderWayEndsWithTheOldOne) {
  Consent(kAnn);
  const v1::AccessToken token = GetToken(kAnn).value;
  sandbox().Add({.kind = "delay",
                 .after_processing = true,
                 .delay = absl::Milliseconds(500)});
  Api::TokenReply reply;
  std::thread caller([&] { reply = Refresh(token, kAnn); });
  EXPECT_TRUE(
      Eventually([&] { return sandbox().Calls("token.refresh") == 1; }));
  const std::string renewed = sandbox().ReplaceSecret(registered().id);
  EXPECT_TRUE(Replace(renewed).ok());
  caller.join();
  EXPECT_TRUE(reply.ok()) << reply.outcome;
}

TEST_F(ClientSecret, OneThatTheProviderReplacedFirstCostsNoGrant) {
  Consent(kAnn);
  const v1::AccessToken token = GetToken(kAnn).value;
  const std::string renewed = sandbox().ReplaceSecret(registered().id);
  EXPECT_EQ(Refresh(token, kAnn).outcome.reason, "CLIENT_MISCONFIGURED");
  ASSERT_TRUE(Replace(renewed).ok());
  EXPECT_TRUE(Refresh(token, kAnn).ok());
}

TEST_F(ClientSecret, NeverComesOut) {
  v1::GetClientRequest request;
  request.set_name(kClient);
  const auto client = api().GetClient(request);
  EXPECT_TRUE(client.value.has_secret());
  EXPECT_EQ(client.value.SerializeAsString().find(registered().secret),
            std::string::npos);
}

}  // namespace
}  // namespace bursar::journey

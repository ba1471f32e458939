// Whatever the provider answers: a status of its own, no grant lost, no living
// token lost, and no refresh token redeemed more often than it should be.

#include <ostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

// An answer that is none, and what callers are told of it.
struct Case {
  const char* name;
  Fault fault;
  grpc::StatusCode code;
  const char* reason;
  // The pause that callers are told of, at least.
  absl::Duration pause = absl::Milliseconds(1);
};

std::ostream& operator<<(std::ostream& stream, const Case& one) {
  return stream << one.name;
}

constexpr char kThrottleAnswer[] =
    R"({"error_description":"You have made too many requests continuously. )"
    R"(Please try again after some time.","error":"Access Denied",)"
    R"("status":"failure"})";

std::vector<Case> Cases() {
  constexpr auto kUnavailable = grpc::StatusCode::UNAVAILABLE;
  return {
      {"Reset", {.kind = "reset"}, kUnavailable, "PROVIDER_CONNECTION_LOST"},
      {"ConnectionClosed",
       {.kind = "drop"},
       kUnavailable,
       "PROVIDER_CONNECTION_LOST"},
      {"Stall", {.kind = "stall"}, kUnavailable, "PROVIDER_TIMED_OUT"},
      {"StallWithinTheAnswer",
       {.kind = "stall", .body = "{\"access_token\":"},
       kUnavailable,
       "PROVIDER_TIMED_OUT"},
      {"Status500",
       {.kind = "status", .status = 500},
       kUnavailable,
       "PROVIDER_ERROR"},
      {"Status503WithRetryAfter",
       {.kind = "status", .status = 503, .headers = {{"Retry-After", "2"}}},
       kUnavailable,
       "PROVIDER_UNAVAILABLE",
       absl::Seconds(1)},
      {"Throttle",
       {.kind = "body", .body = kThrottleAnswer},
       grpc::StatusCode::RESOURCE_EXHAUSTED,
       "PROVIDER_THROTTLED"},
      {"NotJson",
       {.kind = "body", .body = "<html>Sign in</html>"},
       kUnavailable,
       "PROVIDER_ANSWER_MALFORMED"},
      {"HundredMegabytes",
       {.kind = "body", .body_bytes = 100 << 20},
       kUnavailable,
       "PROVIDER_ANSWER_TOO_LARGE"},
      {"ExpiryOfZero",
       {.kind = "edit", .set_field = R"({"expires_in": 0})"},
       kUnavailable,
       "PROVIDER_EXPIRY_INVALID"},
      {"NegativeExpiry",
       {.kind = "edit", .set_field = R"({"expires_in": -3600})"},
       kUnavailable,
       "PROVIDER_EXPIRY_INVALID"},
  };
}

BrokerOptions Impatient() {
  BrokerOptions options;
  options.upstream = "total_timeout: 3s, idle_timeout: 1s";
  options.provider_keys = "    throttle_pause: 1s\n";
  return options;
}

class ProviderFaults : public Journey,
                       public ::testing::WithParamInterface<Case> {
 protected:
  void SetUp() override { StartStack(Unlimited(), Impatient()); }
};

TEST_P(ProviderFaults, HaveAStatusOfTheirOwnAndLoseNoGrant) {
  const v1::Grant grant = ConsentExpired(kAnn);
  sandbox().Add(GetParam().fault);
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.code, GetParam().code) << refused.outcome;
  EXPECT_EQ(refused.outcome.reason, GetParam().reason);
  EXPECT_EQ(refused.outcome.domain, "bursar");
  ASSERT_TRUE(refused.outcome.retry_delay.has_value());
  EXPECT_GE(*refused.outcome.retry_delay, GetParam().pause);
  // Within the pause the same is said without the provider.
  EXPECT_EQ(GetToken(kAnn).outcome.reason, GetParam().reason);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);

  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);
  EXPECT_TRUE(Eventually([&] { return GetToken(kAnn).ok(); }));
  EXPECT_EQ(sandbox().Calls("token.refresh"), 2);
}

TEST_P(ProviderFaults, LoseNoLivingToken) {
  Consent(kAnn);
  const v1::AccessToken living = GetToken(kAnn).value;
  sandbox().Add(GetParam().fault);
  // Longer than what is left of the token.
  v1::GetTokenRequest request = TokenRequest(kAnn);
  request.mutable_min_ttl()->set_seconds(3600);
  for (int i = 0; i < 3; ++i) {
    const auto reply = api().GetToken(request);
    ASSERT_TRUE(reply.ok()) << reply.outcome;
    EXPECT_TRUE(reply.value.access_token() == living.access_token());
  }
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
  EXPECT_EQ(sandbox().CallApi(living.authorization()), 200);
}

INSTANTIATE_TEST_SUITE_P(, ProviderFaults, ::testing::ValuesIn(Cases()),
                         [](const auto& one) { return one.param.name; });

class Provider : public Journey {};

TEST_F(Provider, RefusedConnectionLosesNothing) {
  StartStack(Unlimited(), Impatient());
  const v1::Grant grant = ConsentExpired(kAnn);
  const BrokerOptions true_options = broker().options();
  BrokerOptions nobody_there = true_options;
  nobody_there.accounts_server = absl::StrCat("http://127.0.0.1:", FreePort());
  ASSERT_EQ(broker().Stop(), 0);
  broker().Configure(nobody_there);
  ASSERT_TRUE(broker().Start());
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(refused.outcome.reason, "PROVIDER_UNREACHABLE");
  EXPECT_TRUE(refused.outcome.retry_delay.has_value());
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);

  ASSERT_EQ(broker().Stop(), 0);
  broker().Configure(true_options);
  ASSERT_TRUE(broker().Start());
  EXPECT_TRUE(Eventually([&] { return GetToken(kAnn).ok(); }));
}

TEST_F(Provider, CertificateOfAnotherCaIsNotTrusted) {
  SandboxOptions options = Unlimited();
  options.tls = true;
  StartStack(options);
  const v1::Grant grant = ConsentExpired(kAnn);
  BrokerOptions without_ca = broker().options();
  without_ca.ca_file.clear();
  ASSERT_EQ(broker().Stop(), 0);
  broker().Configure(without_ca);
  ASSERT_TRUE(broker().Start());
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(refused.outcome.reason, "PROVIDER_UNTRUSTED");
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
}

TEST_F(Provider, DeadTokenIsNeverRedeemedAgain) {
  StartStack();
  const v1::Grant grant = ConsentExpired(kAnn);
  sandbox().Add(
      {.kind = "body", .times = 10, .body = R"({"error":"invalid_code"})"});
  for (int i = 0; i < 5; ++i) {
    const auto refused = GetToken(kAnn);
    EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(refused.outcome.reason, "CONSENT_REQUIRED");
    EXPECT_EQ(refused.outcome.metadata.at("why"), "REFUSED_BY_PROVIDER");
  }
  ASSERT_EQ(broker().Stop(), 0);
  ASSERT_TRUE(broker().Start());
  EXPECT_EQ(GetToken(kAnn).outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
  const v1::Grant dead = Grant(grant.id());
  EXPECT_EQ(dead.state(), v1::Grant::CONSENT_REQUIRED);
  EXPECT_EQ(dead.dead_reason(), v1::Grant::REFUSED_BY_PROVIDER);
  EXPECT_EQ(CountEvents("grant.dead", grant.id()), 1);
}

TEST_F(Provider, NewConsentMendsADeadGrant) {
  StartStack();
  ConsentExpired(kAnn);
  sandbox().Add({.kind = "body", .body = R"({"error":"invalid_code"})"});
  ASSERT_EQ(GetToken(kAnn).outcome.reason, "CONSENT_REQUIRED");
  Consent(kAnn);
  EXPECT_TRUE(GetToken(kAnn).ok());
}

TEST_F(Provider, MissingExpiryIsTakenForTheProvidersUsual) {
  StartStack();
  ConsentExpired(kAnn);
  sandbox().Add({.kind = "edit", .set_field = R"({"expires_in": null})"});
  const auto reply = GetToken(kAnn);
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  const absl::Duration left = ToTime(reply.value.expire_time()) - absl::Now();
  EXPECT_GT(left, absl::Minutes(59));
  EXPECT_LE(left, absl::Hours(1));
}

TEST_F(Provider, ExpiryInMillisecondsIsNotTakenForSeconds) {
  StartStack();
  ConsentExpired(kAnn);
  sandbox().Add({.kind = "edit", .set_field = R"({"expires_in": 3600000})"});
  const auto reply = GetToken(kAnn);
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  const absl::Duration left = ToTime(reply.value.expire_time()) - absl::Now();
  EXPECT_GT(left, absl::Minutes(59));
  EXPECT_LE(left, absl::Hours(1));
}

TEST_F(Provider, RejectedClientLosesNoGrant) {
  StartStack();
  const v1::Grant grant = ConsentExpired(kAnn);
  sandbox().Add(
      {.kind = "body", .body = R"({"error":"invalid_client_secret"})"});
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(refused.outcome.reason, "CLIENT_MISCONFIGURED");
  EXPECT_EQ(refused.outcome.metadata.at("error"), "SECRET");
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);
  // Left alone until an operator has done something about it.
  EXPECT_EQ(GetToken(kAnn).outcome.reason, "CLIENT_MISCONFIGURED");
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
  v1::ReplaceClientSecretRequest replacement;
  replacement.set_name(kClient);
  replacement.set_client_secret(registered().secret);
  ASSERT_TRUE(api().ReplaceClientSecret(replacement).ok());
  EXPECT_TRUE(GetToken(kAnn).ok());
}

}  // namespace
}  // namespace bursar::journey

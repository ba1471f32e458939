#include "server/identity/bearer_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "server/identity/reviewed_tokens.h"
#include "server/identity/signed_tokens.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/signing_key.h"
#include "tests/fakes/temporary_ledger.h"
#include "tests/unit/identity/scripted_endpoint.h"

namespace bursar {
namespace {

// Takes API keys, the tokens of "prod" by its keys and those of "dev" by
// review.
class BearerTokensTest : public ::testing::Test {
 protected:
  BearerTokensTest() {
    EXPECT_TRUE(api_keys.Load(clock.Now()).ok());
    keys.Start();
    keys_endpoint.Answer(KeySetOf({Key().Jwk("k1")}));
  }

  static const SigningKey& Key() {
    static const auto& key = *new SigningKey(SigningKey::Ec("P-256"));
    return key;
  }

  std::string Token(const std::string& issuer, const std::string& key_id = "k1",
                    absl::Duration life = absl::Hours(1)) const {
    return Key().Token(
        "ES256", TokenHeader("ES256", key_id),
        ServiceAccountClaims{.issuer = issuer, .now = clock.Now(), .life = life}
            .Text());
  }
  std::string Signed(const std::string& key_id = "k1") const {
    return Token("https://prod.test", key_id);
  }
  std::string Reviewed(absl::Duration life = absl::Hours(1)) const {
    return Token("https://dev.test", "k1", life);
  }

  // Who bears `token`, "?" if that has to be found out, "" if nobody.
  std::string AtHand(const std::string& token) {
    const auto verdict = tokens.AtHand(token, clock.Now());
    if (!verdict) return "?";
    return verdict->ok() ? (*verdict)->value() : "";
  }

  // Notes in `told` who bears it.
  void Find(const std::string& token) {
    tokens.Find(token, clock.Now(), [this](BearerTokens::Verdict verdict) {
      told.push_back(verdict.ok() ? verdict->value() : "");
    });
  }

  static std::string GoodReview() {
    return R"({"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview",)"
           R"("status":{"authenticated":true,"audiences":["bursar"],"user":)"
           R"({"username":"system:serviceaccount:payments:reader"}}})";
  }

  ManualClock clock;
  ManualExecutor executor;
  SystemRandom random;
  TemporaryLedger ledger{random, clock};
  ApiKeys api_keys{ledger.journal(), random};
  ScriptedEndpoint keys_endpoint;
  ScriptedEndpoint review_endpoint;
  IssuerKeys keys{"prod", keys_endpoint, executor, clock};
  SignedTokens by_key{{"prod", "https://prod.test", "bursar"}, keys};
  ReviewedTokens by_review{
      {"dev", "https://dev.test", "bursar"}, review_endpoint, absl::Minutes(1)};
  BearerTokens tokens{&api_keys, {&by_key, &by_review}, random};
  std::vector<std::string> told;
};

TEST_F(BearerTokensTest, ATokenByAKnownKeyIsJudgedAtOnce) {
  EXPECT_EQ(AtHand(Signed()), "kubernetes:prod/payments/reader");
}

TEST_F(BearerTokensTest, AnApiKeyIsJudgedAtOnce) {
  std::promise<std::string> made;
  api_keys.Create(
      "batch", absl::Hours(1), Actor("operator"), clock.Now(),
      [&](auto key) { made.set_value(std::string(key->text.Expose())); });
  EXPECT_EQ(AtHand(made.get_future().get()), "api-key:batch");
}

TEST_F(BearerTokensTest, WithoutApiKeysNoneIsTaken) {
  BearerTokens without{nullptr, {&by_key}, random};
  const auto verdict = without.AtHand("bursar_x", clock.Now());
  ASSERT_TRUE(verdict);
  EXPECT_FALSE(verdict->ok());
}

TEST_F(BearerTokensTest, AnIssuerThatIsNotConfiguredIsRefusedAtOnce) {
  EXPECT_EQ(AtHand(Token("https://other.test")), "");
}

TEST_F(BearerTokensTest, WhatIsNoTokenIsRefusedAtOnce) {
  for (const char* text : {"", "x", "a.b.c"}) EXPECT_EQ(AtHand(text), "");
}

TEST_F(BearerTokensTest, AnUnknownKeyHasTheKeysReadAgain) {
  clock.Advance(absl::Minutes(1));
  const std::string token = Signed("k2");
  EXPECT_EQ(AtHand(token), "?");
  Find(token);
  EXPECT_EQ(keys_endpoint.asked(), 2u);
  EXPECT_TRUE(told.empty());
  keys_endpoint.Answer(KeySetOf({Key().Jwk("k1"), Key().Jwk("k2")}));
  EXPECT_EQ(told, std::vector<std::string>{"kubernetes:prod/payments/reader"});
  EXPECT_EQ(AtHand(token), "kubernetes:prod/payments/reader");
}

TEST_F(BearerTokensTest, AKeyThatIsNowhereIsRefusedAndNotAskedForEachTime) {
  clock.Advance(absl::Minutes(1));
  for (int i = 0; i < 100; ++i) Find(Signed("made-up"));
  keys_endpoint.Answer(KeySetOf({Key().Jwk("k1")}));
  for (int i = 0; i < 100; ++i) Find(Signed("made-up"));
  EXPECT_EQ(told, std::vector<std::string>(200, ""));
  EXPECT_EQ(keys_endpoint.asked(), 2u);
}

TEST_F(BearerTokensTest, AKeyThatTheIssuerTookBackCountsAMinuteAtMost) {
  const std::string token = Signed();
  EXPECT_EQ(AtHand(token), "kubernetes:prod/payments/reader");
  clock.Advance(absl::Seconds(59));
  keys.Refresh(clock.Now(), [] {});
  keys_endpoint.Answer(KeySetOf({Key().Jwk("k2")}));
  clock.Advance(absl::Seconds(1));
  EXPECT_NE(AtHand(token), "kubernetes:prod/payments/reader");
}

TEST_F(BearerTokensTest, NoVerdictOutlivesItsToken) {
  const std::string token = Token("https://prod.test", "k1", absl::Seconds(10));
  EXPECT_EQ(AtHand(token), "kubernetes:prod/payments/reader");
  clock.Advance(absl::Seconds(10));
  EXPECT_EQ(AtHand(token), "");
}

TEST_F(BearerTokensTest, AReviewIsAskedForOnceAndRemembered) {
  const std::string token = Reviewed();
  EXPECT_EQ(AtHand(token), "?");
  Find(token);
  Find(token);
  EXPECT_EQ(review_endpoint.asked(), 1u);
  review_endpoint.Answer(GoodReview());
  EXPECT_EQ(told,
            std::vector<std::string>(2, "kubernetes:dev/payments/reader"));
  EXPECT_EQ(AtHand(token), "kubernetes:dev/payments/reader");
  clock.Advance(absl::Minutes(1));
  EXPECT_EQ(AtHand(token), "?");
}

TEST_F(BearerTokensTest, AReviewStandsNoLongerThanItsToken) {
  const std::string token = Reviewed(absl::Seconds(10));
  Find(token);
  review_endpoint.Answer(GoodReview());
  EXPECT_EQ(AtHand(token), "kubernetes:dev/payments/reader");
  clock.Advance(absl::Seconds(10));
  EXPECT_EQ(AtHand(token), "");
}

TEST_F(BearerTokensTest, TheClusterIsNotAskedAboutATokenThatExpired) {
  const std::string token = Reviewed(absl::Seconds(10));
  clock.Advance(absl::Seconds(10));
  EXPECT_EQ(AtHand(token), "");
  EXPECT_EQ(review_endpoint.asked(), 0u);
}

TEST_F(BearerTokensTest, AReviewThatRefusesIsRememberedBriefly) {
  const std::string token = Reviewed();
  Find(token);
  review_endpoint.Answer(
      R"({"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview",)"
      R"("status":{"authenticated":false}})");
  EXPECT_EQ(told, std::vector<std::string>{""});
  EXPECT_EQ(AtHand(token), "");
  clock.Advance(BearerTokens::kRefusalStands);
  EXPECT_EQ(AtHand(token), "?");
}

TEST_F(BearerTokensTest, AClusterThatCannotBeAskedLetsNobodyIn) {
  Find(Reviewed());
  review_endpoint.Answer(absl::UnavailableError("down"));
  EXPECT_EQ(told, std::vector<std::string>{""});
}

}  // namespace
}  // namespace bursar

#include "server/identity/service_account.h"

#include <gtest/gtest.h>

#include <string>

namespace bursar {
namespace {

class ServiceAccountTest : public ::testing::Test {
 protected:
  ServiceAccountTest() {
    token.issuer = issuer.issuer;
    token.subject = "system:serviceaccount:payments:reader";
    token.audiences = {"other", "bursar"};
    token.expiry = now + absl::Hours(1);
    token.not_before = now;
    token.issued = now;
  }

  bool IsBelieved() const { return JudgeClaims(token, issuer, now).ok(); }

  const TokenIssuer issuer{"prod", "https://cluster.test", "bursar"};
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  Jwt token;
};

TEST_F(ServiceAccountTest, SpeaksForAServiceAccountUntilItExpires) {
  const auto identified = JudgeClaims(token, issuer, now);
  ASSERT_TRUE(identified.ok()) << identified.status();
  EXPECT_EQ(identified->actor, Actor("kubernetes:prod/payments/reader"));
  EXPECT_EQ(identified->until, now + absl::Hours(1));
}

TEST_F(ServiceAccountTest, AnotherIssuersIsRefused) {
  for (const char* other : {"https://cluster.test/", "https://cluster.tes",
                            "HTTPS://cluster.test", ""}) {
    token.issuer = other;
    EXPECT_FALSE(IsBelieved()) << other;
  }
}

TEST_F(ServiceAccountTest, AnotherAudiencesIsRefused) {
  token.audiences = {"bursar-2", "BURSAR", "burs"};
  EXPECT_FALSE(IsBelieved());
  token.audiences = {};
  EXPECT_FALSE(IsBelieved());
}

TEST_F(ServiceAccountTest, OneThatHasExpiredIsRefusedAtOnce) {
  token.expiry = now;
  EXPECT_FALSE(IsBelieved());
  token.expiry = now + absl::Milliseconds(1);
  EXPECT_TRUE(IsBelieved());
}

TEST_F(ServiceAccountTest, OneThatNeverExpiresIsRefused) {
  token.expiry.reset();
  EXPECT_FALSE(IsBelieved());
}

TEST_F(ServiceAccountTest, OneThatIsNotValidYetIsRefused) {
  token.not_before = now + absl::Seconds(31);
  EXPECT_FALSE(IsBelieved());
}

TEST_F(ServiceAccountTest, OneFromTheFutureIsRefused) {
  token.issued = now + absl::Seconds(31);
  EXPECT_FALSE(IsBelieved());
}

TEST_F(ServiceAccountTest, ClocksMayBeHalfAMinuteApart) {
  token.not_before = now + absl::Seconds(30);
  token.issued = now + absl::Seconds(30);
  EXPECT_TRUE(IsBelieved());
}

TEST_F(ServiceAccountTest, OnlyServiceAccountsAreTaken) {
  for (const char* subject :
       {"", "admin", "system:serviceaccount:", "system:serviceaccount:payments",
        "system:serviceaccount:payments:", "system:serviceaccount::reader",
        "system:serviceaccount:payments:reader:x",
        "system:serviceaccount:payments:rea/der",
        "system:serviceaccount:pay.ments:reader",
        "system:serviceaccount:Payments:reader",
        "system:serviceaccount:payments:../admin",
        "x-system:serviceaccount:payments:reader",
        "system:node:payments:reader"}) {
    token.subject = subject;
    EXPECT_FALSE(IsBelieved()) << subject;
  }
}

TEST_F(ServiceAccountTest, TheSameAccountOfTwoClustersIsTwoCallers) {
  const auto one = ServiceAccountNamed(token.subject, issuer);
  const auto other = ServiceAccountNamed(token.subject, {"dev", "", ""});
  ASSERT_TRUE(one.ok());
  ASSERT_TRUE(other.ok());
  EXPECT_NE(*one, *other);
}

}  // namespace
}  // namespace bursar

// Access tokens: how they come, how long they are believed, and what they open.

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

class TokenTest : public ProductTest {
 protected:
  // How long the newest token is believed, from now.
  absl::Duration Believed() {
    return ToTime(GetToken(kAnn).value.expire_time()) - absl::Now();
  }
};

INSTANTIATE_TEST_SUITE_P(Products, TokenTest, testing::ValuesIn(Products()),
                         NameOfProduct);

TEST_P(TokenTest, ItOpensTheApiUnderTheProductsScheme) {
  StartUnlimited();
  ConsentToRead();
  const auto token = GetToken(kAnn).value;
  EXPECT_THAT(token.authorization(),
              StartsWith(product().authorization_scheme + " "));
  EXPECT_EQ(CallApi(token), 200);
  // Another scheme does not.
  v1::AccessToken other = token;
  other.set_authorization(absl::StrCat("Bearer ", token.access_token()));
  EXPECT_EQ(CallApi(other), 401);
}

TEST_P(TokenTest, ItMayBeUsedAgainAndAgain) {
  StartUnlimited();
  ConsentToRead();
  const auto token = GetToken(kAnn).value;
  for (int use = 0; use < 30; ++use) EXPECT_EQ(CallApi(token), 200);
}

TEST_P(TokenTest, ItIsBelievedForAnHour) {
  StartUnlimited();
  ConsentToRead();
  EXPECT_LE(Believed(), absl::Hours(1));
  EXPECT_GT(Believed(), absl::Minutes(59));
}

TEST_P(TokenTest, ItIsDeadAfterAnHourAndAnotherComes) {
  StartUnlimited();
  ConsentToRead();
  const auto token = GetToken(kAnn).value;
  MoveClocks(absl::Hours(1) + absl::Seconds(1));
  EXPECT_EQ(CallApi(token), 401);
  const auto next = GetToken(kAnn);
  ASSERT_TRUE(next.ok()) << next.outcome;
  EXPECT_NE(next.value.access_token(), token.access_token());
  EXPECT_EQ(CallApi(next.value), 200);
}

TEST_P(TokenTest, WithoutAStatedLifetimeItIsBelievedForAnHour) {
  StartUnlimited();
  sandbox().Add({.call = "token.code",
                 .kind = "edit",
                 .set_field = R"({"expires_in": null})"});
  ConsentToRead();
  EXPECT_LE(Believed(), absl::Hours(1));
  EXPECT_GT(Believed(), absl::Minutes(59));
}

TEST_P(TokenTest, MillisecondsAreNotTakenForSeconds) {
  StartUnlimited();
  sandbox().Add({.call = "token.code",
                 .kind = "edit",
                 .set_field = R"({"expires_in": 3600000})"});
  ConsentToRead();
  EXPECT_LE(Believed(), absl::Hours(1));
}

TEST_P(TokenTest, TheApisDomainReachesTheCaller) {
  StartUnlimited();
  ConsentToRead();
  EXPECT_EQ(GetToken(kAnn).value.api_domain().empty(), !product().api_domain);
}

TEST_P(TokenTest, ARefreshLeavesTheRefreshTokenAsItIs) {
  StartUnlimited();
  ConsentToRead();
  for (int refresh = 0; refresh < 3; ++refresh) {
    const auto reply = RefreshNewest();
    ASSERT_TRUE(reply.ok()) << reply.outcome;
    EXPECT_EQ(CallApi(reply.value), 200);
  }
  EXPECT_THAT(StatesAtTheProvider(), ElementsAre("alive"));
  EXPECT_EQ(sandbox().RefreshTokens(kAnn).front().redeemed, 3);
}

TEST_P(TokenTest, AYearLaterTheRefreshTokenStillWorks) {
  StartUnlimited();
  ConsentToRead();
  MoveClocks(absl::Hours(24 * 365));
  const auto reply = GetToken(kAnn);
  ASSERT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(CallApi(reply.value), 200);
}

}  // namespace
}  // namespace bursar::journey

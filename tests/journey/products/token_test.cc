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

// Line: header at the API: `Zoho-oauthtoken`; IoT: `Zoho-authtoken`
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

// Line: IoT, Connect: unlimited use of an access token; ruling for Cliq's
//   "used only once": unlimited
TEST_P(TokenTest, ItMayBeUsedAgainAndAgain) {
  StartUnlimited();
  ConsentToRead();
  const auto token = GetToken(kAnn).value;
  for (int use = 0; use < 30; ++use) EXPECT_EQ(CallApi(token), 200);
}

// Line: an access token lives for an hour; Connect's `expires_in: 3600000` is
//   one
TEST_P(TokenTest, ItIsBelievedForAnHour) {
  StartUnlimited();
  ConsentToRead();
  EXPECT_LE(Believed(), absl::Hours(1));
  EXPECT_GT(Believed(), absl::Minutes(59));
}

// Line: after its hour an access token is dead, and a refresh brings another
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

// Line: an answer without `expires_in` is believed for the default
TEST_P(TokenTest, WithoutAStatedLifetimeItIsBelievedForAnHour) {
  StartUnlimited();
  sandbox().Add({.call = "token.code",
                 .kind = "edit",
                 .set_field = R"({"expires_in": null})"});
  ConsentToRead();
  EXPECT_LE(Believed(), absl::Hours(1));
  EXPECT_GT(Believed(), absl::Minutes(59));
}

// Line: ruling: above 86,400 "seconds" are milliseconds, and nothing is
//   believed past 24 h
TEST_P(TokenTest, MillisecondsAreNotTakenForSeconds) {
  StartUnlimited();
  sandbox().Add({.call = "token.code",
                 .kind = "edit",
                 .set_field = R"({"expires_in": 3600000})"});
  ConsentToRead();
  EXPECT_LE(Believed(), absl::Hours(1));
}

// Line: core: `api_domain` is handed on; Connect: the answer has none
TEST_P(TokenTest, TheApisDomainReachesTheCaller) {
  StartUnlimited();
  ConsentToRead();
  EXPECT_EQ(GetToken(kAnn).value.api_domain().empty(), !product().api_domain);
}

// Line: core: a refresh brings no refresh token: keep the one you have; IoT:
//   it must send `redirect_uri`; Connect: and `scope`
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

// Line: a refresh token never expires
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

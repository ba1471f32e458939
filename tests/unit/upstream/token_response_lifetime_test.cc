// How long a token is believed to live.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <variant>

#include "server/upstream/token_response.h"
#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

absl::Duration Lifetime(const std::string& members,
                        const Provider& provider = PlainProvider()) {
  RedeemResult result = ReadTokenAnswer(
      AnswerOf(200,
               R"({"access_token":"t","refresh_token":"r")" + members + "}"),
      provider, kSent, kNow);
  EXPECT_TRUE(std::holds_alternative<Granted>(result)) << members;
  if (!std::holds_alternative<Granted>(result)) return absl::InfiniteDuration();
  // Whatever the lifetime, a rotated refresh token is kept.
  EXPECT_TRUE(std::get<Granted>(result).refresh_token.has_value()) << members;
  return std::get<Granted>(result).access_token.expiry - kSent;
}

TEST(TokenLifetime, CountsSeconds) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":3600)"), absl::Hours(1));
}

TEST(TokenLifetime, MayBeANumberInQuotes) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":"3600")"), absl::Hours(1));
}

TEST(TokenLifetime, MayHaveAFraction) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":1.5)"), absl::Milliseconds(1500));
}

TEST(TokenLifetime, CountsInTheDescriptorsUnit) {
  Provider provider = PlainProvider();
  provider.expiry_unit = absl::Milliseconds(1);
  EXPECT_EQ(Lifetime(R"(,"expires_in":60000)", provider), absl::Minutes(1));
}

TEST(TokenLifetime, ADayOfSecondsIsADay) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":86400)"), absl::Hours(24));
}

TEST(TokenLifetime, MoreSecondsThanADayHasAreMilliseconds) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":3600000)"), absl::Hours(1));
  EXPECT_EQ(Lifetime(R"(,"expires_in":86401)"), absl::Milliseconds(86401));
}

TEST(TokenLifetime, SecondsBesideMillisecondsDecide) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":60000,"expires_in_sec":60)"),
            absl::Minutes(1));
}

TEST(TokenLifetime, MissingIsTheDescriptorsDefault) {
  Provider provider = PlainProvider();
  provider.default_lifetime = absl::Minutes(30);
  EXPECT_EQ(Lifetime("", provider), absl::Minutes(30));
  EXPECT_EQ(Lifetime(R"(,"expires_in":null)", provider), absl::Minutes(30));
}

TEST(TokenLifetime, ZeroNegativeOrNoNumberHasExpiredAlready) {
  for (const char* value :
       {"0", "-1", "-3600000", "\"\"", "\"soon\"", "\"nan\"", "\"inf\"",
        "\"-inf\"", "true", "[3600]", "{}", "-1e300"}) {
    EXPECT_EQ(Lifetime(std::string(R"(,"expires_in":)") + value),
              absl::ZeroDuration())
        << value;
  }
}

TEST(TokenLifetime, NothingIsBelievedPastTheMaximum) {
  EXPECT_EQ(Lifetime(R"(,"expires_in":99999999999999999999)"), absl::Hours(24));
  EXPECT_EQ(Lifetime(R"(,"expires_in":1e300)"), absl::Hours(24));
  Provider provider = PlainProvider();
  provider.maximum_lifetime = absl::Minutes(5);
  EXPECT_EQ(Lifetime(R"(,"expires_in":3600)", provider), absl::Minutes(5));
  EXPECT_EQ(Lifetime("", provider), absl::Minutes(5));
}

// Of a token in a redirect's fragment, where every value is text.
absl::Duration FragmentLifetime(std::map<std::string, std::string> parameters,
                                const Provider& provider = PlainProvider()) {
  const RedeemResult result = ReadFragmentToken(
      {Secret::Copy("t"), std::move(parameters)}, provider, kNow);
  EXPECT_TRUE(std::holds_alternative<Granted>(result));
  return std::get<Granted>(result).access_token.expiry - kNow;
}

TEST(FragmentLifetime, FollowsTheSameRules) {
  EXPECT_EQ(FragmentLifetime({{"expires_in", "3600"}}), absl::Hours(1));
  EXPECT_EQ(FragmentLifetime({{"expires_in", "3600000"}}), absl::Hours(1));
  EXPECT_EQ(FragmentLifetime({}), absl::Hours(1));
  EXPECT_EQ(FragmentLifetime({{"expires_in", "86000"}}), absl::Seconds(86'000));
  EXPECT_EQ(FragmentLifetime({{"expires_in", "999999999999"}}),
            absl::Hours(24));
  EXPECT_EQ(FragmentLifetime({{"expires_in", "soon"}}), absl::ZeroDuration());
}

}  // namespace
}  // namespace bursar

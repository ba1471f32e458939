#include "server/core/fragment.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Fragment, IsTakenApart) {
  const auto fragment = ParseFragment(
      "#access_token=t%2E1&expires_in=3600&location=eu&state=s%2F1"
      "&accounts-server=https%3A%2F%2Feu.test&iss=https%3A%2F%2Fis.test"
      "&scope=a+b");
  ASSERT_TRUE(fragment);
  const Redirect& redirect = fragment->redirect;
  EXPECT_EQ(redirect.state.Expose(), "s/1");
  EXPECT_TRUE(redirect.code.empty());
  EXPECT_EQ(redirect.accounts_server, "https://eu.test");
  EXPECT_EQ(redirect.issuer, "https://is.test");
  ASSERT_TRUE(redirect.token);
  EXPECT_EQ(redirect.token->access_token.Expose(), "t.1");
  EXPECT_THAT(redirect.token->parameters,
              ElementsAre(Pair("expires_in", "3600"), Pair("location", "eu"),
                          Pair("scope", "a b")));
  EXPECT_EQ(fragment->error, "");
}

TEST(Fragment, MayHaveAnErrorInThePlaceOfAToken) {
  const auto fragment = ParseFragment("error=access_denied&state=s");
  ASSERT_TRUE(fragment);
  EXPECT_EQ(fragment->error, "access_denied");
  EXPECT_EQ(fragment->redirect.state.Expose(), "s");
  EXPECT_FALSE(fragment->redirect.token);
}

TEST(Fragment, HasAStateAndAnAnswer) {
  EXPECT_FALSE(ParseFragment(""));
  EXPECT_FALSE(ParseFragment("#"));
  EXPECT_FALSE(ParseFragment("access_token=t"));
  EXPECT_FALSE(ParseFragment("state=s"));
  EXPECT_FALSE(ParseFragment("state=s&access_token="));
}

TEST(Fragment, NamesNoParameterTwice) {
  EXPECT_FALSE(ParseFragment("state=s&access_token=t&access_token=u"));
  EXPECT_FALSE(ParseFragment("state=s&access_token=t&%73tate=s"));
}

TEST(Fragment, IsOfPrintableCharacters) {
  EXPECT_FALSE(ParseFragment("state=s&access_token=t%0A"));
  EXPECT_FALSE(ParseFragment("state=s&access_token=t%C3%A9"));
  EXPECT_FALSE(ParseFragment("state=s&access_token=t\xC3\xA9"));
  EXPECT_FALSE(ParseFragment("state=s&access_token=t%0"));
  EXPECT_FALSE(ParseFragment("state=s&access_token=t%zz"));
}

TEST(Fragment, HasABound) {
  const std::string start = "state=s&access_token=";
  const std::string token(kMaxFragmentSize - start.size(), 't');
  EXPECT_TRUE(ParseFragment(start + token));
  EXPECT_FALSE(ParseFragment(start + token + "t"));
}

}  // namespace
}  // namespace bursar

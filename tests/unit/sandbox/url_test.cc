#include "sandbox/url.h"

#include <gtest/gtest.h>

namespace bursar::sandbox {
namespace {

TEST(UrlTest, EncodesWhatWouldEndAValue) {
  EXPECT_EQ(QueryOf({{"a", "x&y=z #%"}, {"b", "\r\n"}}),
            "a=x%26y%3Dz%20%23%25&b=%0D%0A");
}

TEST(UrlTest, KeepsTheQueryThatARedirectUriHas) {
  EXPECT_EQ(WithQuery("https://app/cb", {{"code", "1"}}),
            "https://app/cb?code=1");
  EXPECT_EQ(WithQuery("https://app/cb?x=y", {{"code", "1"}}),
            "https://app/cb?x=y&code=1");
}

}  // namespace
}  // namespace bursar::sandbox

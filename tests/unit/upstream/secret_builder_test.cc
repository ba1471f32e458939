#include "server/upstream/secret_builder.h"

#include <gtest/gtest.h>

#include <string>

#include "server/upstream/form.h"

namespace bursar {
namespace {

TEST(SecretBuilder, KeepsEveryPieceThroughItsGrowth) {
  SecretBuilder builder;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    builder.Append("piece");
    expected += "piece";
  }
  EXPECT_EQ(builder.size(), expected.size());
  EXPECT_EQ(builder.Build().Expose(), expected);
}

TEST(SecretBuilder, IsEmptyAfterBuilding) {
  SecretBuilder builder;
  builder.Append("secret");
  builder.Build();
  EXPECT_EQ(builder.size(), 0);
  EXPECT_TRUE(builder.Build().empty());
}

TEST(Form, EscapesAllButUnreservedCharacters) {
  Form form;
  form.Add("a b", "x&y=z+/?#%:~-._\xc3\xa9\n");
  EXPECT_EQ(form.text(), "a%20b=x%26y%3Dz%2B%2F%3F%23%25%3A~-._%C3%A9%0A");
}

TEST(Form, JoinsPairsInTheOrderGiven) {
  Form form;
  EXPECT_TRUE(form.empty());
  form.Add("b", "1");
  form.Add("a", "");
  EXPECT_EQ(form.Build().Expose(), "b=1&a=");
}

TEST(EndpointUrl, PutsOneSlashBetween) {
  for (const char* base : {"https://a.example", "https://a.example/"}) {
    EXPECT_EQ(EndpointUrl(base, "/token", Form()).Expose(),
              "https://a.example/token");
    EXPECT_EQ(EndpointUrl(base, "token", Form()).Expose(),
              "https://a.example/token");
  }
}

TEST(EndpointUrl, KeepsAQueryThatThePathHas) {
  Form query;
  query.Add("a", "1");
  EXPECT_EQ(EndpointUrl("https://a.example", "/token", query).Expose(),
            "https://a.example/token?a=1");
  EXPECT_EQ(EndpointUrl("https://a.example", "/token?v=2", query).Expose(),
            "https://a.example/token?v=2&a=1");
}

}  // namespace
}  // namespace bursar

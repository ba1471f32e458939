#include "client/token.h"

#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

namespace bursar::client {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};

TEST(TokenTest, HasNoPrintOperator) {
  static_assert(!Streamable<Token>);
  static_assert(!Streamable<SecretText>);
  static_assert(Streamable<std::string>);
}

TEST(TokenTest, ItsBytesShowNoPartOfASecretHoweverShort) {
  Token::Parts parts;
  parts.authorization = "B QZXJ";
  parts.access_token = "QZXJ";
  const Token token(TokenKey("u", "c"), std::move(parts));
  const absl::string_view bytes(reinterpret_cast<const char*>(&token),
                                sizeof(token));
  EXPECT_EQ(bytes.find("QZX"), absl::string_view::npos);
  EXPECT_EQ(token.access_token(), "QZXJ");
}

TEST(TokenTest, WipesTheStringsThatItWasMadeOf) {
  Token::Parts parts;
  parts.authorization = "Bearer abc";
  parts.access_token = "abc";
  const char* const bytes = parts.access_token.data();
  const Token token(TokenKey("u", "c"), std::move(parts));
  EXPECT_EQ(bytes[0], '\0');
}

TEST(TokenKeyTest, TheOrderOfScopesMakesNoDifference) {
  EXPECT_EQ(TokenKey("u", "c", {"b", "a", "a"}),
            TokenKey("u", "c", {"a", "b"}));
}

TEST(TokenKeyTest, AUserIsNotTakenForAClient) {
  EXPECT_FALSE(TokenKey("a", "b") == TokenKey("b", "a"));
}

}  // namespace
}  // namespace bursar::client

// What is read from a success.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <variant>

#include "server/upstream/token_response.h"
#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

Granted ReadGranted(const std::string& body, int status = 200) {
  RedeemResult result =
      ReadTokenAnswer(AnswerOf(status, body), PlainProvider(), kSent, kNow);
  EXPECT_TRUE(std::holds_alternative<Granted>(result));
  if (!std::holds_alternative<Granted>(result)) return Granted{};
  return std::get<Granted>(std::move(result));
}

TEST(TokenGrant, EveryFieldIsRead) {
  const Granted granted = ReadGranted(
      R"({"access_token":"at","refresh_token":"rt","token_type":"bearer",)"
      R"("scope":"b.READ a.READ","api_domain":"https://api.example",)"
      R"("expires_in":3600})");
  EXPECT_EQ(granted.access_token.value.Expose(), "at");
  ASSERT_TRUE(granted.refresh_token.has_value());
  EXPECT_EQ(granted.refresh_token->Expose(), "rt");
  EXPECT_EQ(granted.access_token.token_type, "bearer");
  EXPECT_EQ(granted.access_token.scopes, Scopes({"a.READ", "b.READ"}));
  EXPECT_EQ(granted.access_token.api_domain, "https://api.example");
  EXPECT_EQ(granted.access_token.obtained, kSent);
  EXPECT_EQ(granted.access_token.expiry, kSent + absl::Hours(1));
}

TEST(TokenGrant, TheTypeIsBearerUnlessNamed) {
  EXPECT_EQ(ReadGranted(R"({"access_token":"t"})").access_token.token_type,
            "Bearer");
}

TEST(TokenGrant, AMissingRefreshTokenMeansKeepTheOld) {
  for (const char* body : {R"({"access_token":"t"})",
                           R"({"access_token":"t","refresh_token":null})",
                           R"({"access_token":"t","refresh_token":""})"}) {
    EXPECT_FALSE(ReadGranted(body).refresh_token.has_value()) << body;
  }
}

TEST(TokenGrant, ScopesAreSplitAtCommasAndBlanks) {
  EXPECT_EQ(ReadGranted(R"({"access_token":"t","scope":"a, b,c d"})")
                .access_token.scopes,
            Scopes({"a", "b", "c", "d"}));
}

TEST(TokenGrant, AMissingScopeIsEmpty) {
  EXPECT_TRUE(
      ReadGranted(R"({"access_token":"t"})").access_token.scopes.empty());
}

TEST(TokenGrant, AnApiDomainInClearTextIsTakenOnLoopbackOnly) {
  EXPECT_EQ(
      ReadGranted(R"({"access_token":"t","api_domain":"http://127.0.0.1:8"})")
          .access_token.api_domain,
      "http://127.0.0.1:8");
  EXPECT_EQ(
      ReadGranted(R"({"access_token":"t","api_domain":"http://api.example"})")
          .access_token.api_domain,
      "");
}

TEST(TokenGrant, AnApiDomainThatIsNoUrlIsDropped) {
  for (const char* domain :
       {"api.example", "javascript:alert(1)", "https://", "https://a b",
        "https://a@b.example", "https://a\\r\\nb"}) {
    EXPECT_EQ(ReadGranted(std::string(R"({"access_token":"t","api_domain":")") +
                          domain + "\"}")
                  .access_token.api_domain,
              "")
        << domain;
  }
}

TEST(TokenGrant, TheApiDomainIsWhereTheDescriptorSays) {
  Provider provider = PlainProvider();
  provider.api_domain_field = "instance_url";
  const RedeemResult result = ReadTokenAnswer(
      AnswerOf(200,
               R"({"access_token":"t","instance_url":"https://api.example"})"),
      provider, kSent, kNow);
  EXPECT_EQ(std::get<Granted>(result).access_token.api_domain,
            "https://api.example");
}

TEST(TokenGrant, TheBodyDecidesBeforeTheStatus) {
  EXPECT_EQ(
      ReadGranted(R"({"access_token":"t"})", 201).access_token.value.Expose(),
      "t");
}

TEST(TokenGrant, UnknownMembersAreIgnored) {
  EXPECT_EQ(ReadGranted(R"({"access_token":"t","user":{"id":[1,{"a":2}]}})")
                .access_token.value.Expose(),
            "t");
}

RedeemResult OfFragment(const std::string& token,
                        std::map<std::string, std::string> parameters) {
  return ReadFragmentToken({Secret::Copy(token), std::move(parameters)},
                           PlainProvider(), kNow);
}

TEST(FragmentToken, HasWhatATokenAnswerHasButARefreshToken) {
  const RedeemResult result =
      OfFragment("t", {{"scope", "a b"},
                       {"api_domain", "https://api.example"},
                       {"refresh_token", "r"}});
  ASSERT_TRUE(std::holds_alternative<Granted>(result));
  const Granted& granted = std::get<Granted>(result);
  EXPECT_EQ(granted.access_token.value.Expose(), "t");
  EXPECT_EQ(granted.access_token.token_type, "Bearer");
  EXPECT_EQ(granted.access_token.scopes, Scopes({"a", "b"}));
  EXPECT_EQ(granted.access_token.api_domain, "https://api.example");
  EXPECT_EQ(granted.access_token.obtained, kNow);
  EXPECT_FALSE(granted.refresh_token);
}

TEST(FragmentToken, SendsNobodyToAnApiThatCannotBeTrusted) {
  const RedeemResult result =
      OfFragment("t", {{"api_domain", "http://api.example"}});
  EXPECT_EQ(std::get<Granted>(result).access_token.api_domain, "");
}

TEST(FragmentToken, ThatFitsNoHeaderGrantsNothing) {
  EXPECT_TRUE(std::holds_alternative<Transient>(OfFragment("a b", {})));
}

}  // namespace
}  // namespace bursar

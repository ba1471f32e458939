#include "server/identity/token_review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

const TokenIssuer kDev{"dev", "https://cluster.test", "bursar"};

std::string Review(const std::string& status) {
  return absl::StrCat(
      R"({"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview",)",
      R"("status":)", status, "}");
}

constexpr char kGood[] =
    R"({"authenticated":true,"audiences":["x","bursar"],)"
    R"("user":{"username":"system:serviceaccount:payments:reader"}})";

TEST(TokenReviewTest, AsksAboutTheTokenForTheAudience) {
  const Secret request = ReviewRequest("a.b.c", kDev);
  const std::string text(request.Expose());
  EXPECT_THAT(text, HasSubstr(R"("token":"a.b.c")"));
  EXPECT_THAT(text, HasSubstr(R"("audiences":["bursar"])"));
  EXPECT_THAT(text, HasSubstr(R"("kind":"TokenReview")"));
}

TEST(TokenReviewTest, AGoodTokenSpeaksForItsServiceAccount) {
  const auto actor = ReadReview(Review(kGood), kDev);
  ASSERT_TRUE(actor.ok()) << actor.status();
  EXPECT_EQ(*actor, Actor("kubernetes:dev/payments/reader"));
}

TEST(TokenReviewTest, WhatTheClusterDoesNotCallGoodIsRefused) {
  for (const char* status :
       {R"({})", R"({"authenticated":false})", R"({"authenticated":"true"})",
        R"({"authenticated":1,"audiences":["bursar"],"user":{"username":)"
        R"("system:serviceaccount:payments:reader"}})",
        R"({"error":"expired","audiences":["bursar"],"user":{"username":)"
        R"("system:serviceaccount:payments:reader"}})",
        "null", "[]"}) {
    EXPECT_FALSE(ReadReview(Review(status), kDev).ok()) << status;
  }
}

TEST(TokenReviewTest, AnotherAudienceIsRefusedAndSoIsNone) {
  for (const char* audiences :
       {R"(,"audiences":["other"])", R"(,"audiences":[])",
        R"(,"audiences":"bursar")", ""}) {
    EXPECT_FALSE(
        ReadReview(Review(absl::StrCat(
                       R"({"authenticated":true)", audiences,
                       R"(,"user":{"username":)",
                       R"("system:serviceaccount:payments:reader"}})")),
                   kDev)
            .ok())
        << audiences;
  }
}

TEST(TokenReviewTest, WhoIsNoServiceAccountIsRefused) {
  for (const char* user :
       {R"({"username":"admin"})", R"({})", "null", R"("admin")"}) {
    EXPECT_FALSE(ReadReview(Review(absl::StrCat(R"({"authenticated":true,)",
                                                R"("audiences":["bursar"],)",
                                                R"("user":)", user, "}")),
                            kDev)
                     .ok())
        << user;
  }
}

TEST(TokenReviewTest, WhatIsNoReviewIsRefused) {
  for (const std::string& answer :
       {std::string(), std::string("{}"), std::string("[1]"),
        absl::StrCat(R"({"status":)", kGood, "}"),
        absl::StrCat(R"({"apiVersion":"v1","kind":"TokenReview","status":)",
                     kGood, "}")}) {
    EXPECT_FALSE(ReadReview(answer, kDev).ok()) << answer;
  }
}

}  // namespace
}  // namespace bursar

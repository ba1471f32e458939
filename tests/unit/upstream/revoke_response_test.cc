#include "server/upstream/revoke_response.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

RevokeResult ReadRevocation(int status, const std::string& body) {
  return ReadRevokeAnswer(AnswerOf(status, body), ZohoLikeProvider());
}

TEST(RevokeAnswer, SuccessConfirmsWithAnyBodyThatNamesNoError) {
  for (const char* body :
       {"", "{}", R"({"status":"success"})", "<html>", "[]"}) {
    EXPECT_EQ(ReadRevocation(200, body), RevokeResult::kConfirmed) << body;
  }
  EXPECT_EQ(ReadRevocation(204, ""), RevokeResult::kConfirmed);
}

TEST(RevokeAnswer, SuccessWithADeadTokensErrorIsUnknownToTheProvider) {
  EXPECT_EQ(ReadRevocation(200, R"({"error":"invalid_code"})"),
            RevokeResult::kUnknownToProvider);
}

TEST(RevokeAnswer, SuccessWithAnUnlistedErrorConfirmsNothing) {
  EXPECT_EQ(ReadRevocation(200, R"({"error":"something_new"})"),
            RevokeResult::kTryAgain);
}

TEST(RevokeAnswer, SuccessWithTheThrottleMarkerIsTriedAgain) {
  EXPECT_EQ(
      ReadRevocation(200, R"({"error":"Access Denied","status":"failure"})"),
      RevokeResult::kTryAgain);
}

TEST(RevokeAnswer, BadRequestMeansThatTheTokenIsUnknown) {
  EXPECT_EQ(ReadRevocation(400, ""), RevokeResult::kUnknownToProvider);
  EXPECT_EQ(ReadRevocation(400, R"({"error":"invalid_token"})"),
            RevokeResult::kUnknownToProvider);
}

TEST(RevokeAnswer, BlamingTheClientOrTheRequestIsARefusal) {
  EXPECT_EQ(ReadRevocation(400, R"({"error":"unsupported_token_type"})"),
            RevokeResult::kRefused);
  EXPECT_EQ(ReadRevocation(400, R"({"error":"invalid_client"})"),
            RevokeResult::kRefused);
  EXPECT_EQ(ReadRevocation(200, R"({"error":"invalid_client_secret"})"),
            RevokeResult::kRefused);
}

TEST(RevokeAnswer, NotFoundIsTheTokenWhereThePathNamesIt) {
  Provider provider = PlainProvider();
  provider.revocation->token_place = TokenPlace::kPath;
  EXPECT_EQ(ReadRevokeAnswer(AnswerOf(404, ""), provider),
            RevokeResult::kUnknownToProvider);
}

TEST(RevokeAnswer, WhatWillNotChangeIsARefusal) {
  for (const int status : {401, 403, 404, 405, 422, 501}) {
    EXPECT_EQ(ReadRevocation(status, "<html>"), RevokeResult::kRefused)
        << status;
  }
}

TEST(RevokeAnswer, WhatMayChangeIsTriedAgain) {
  for (const int status : {302, 408, 429, 500, 502, 503, 504}) {
    EXPECT_EQ(ReadRevocation(status, ""), RevokeResult::kTryAgain) << status;
  }
  EXPECT_EQ(ReadRevocation(429, R"({"error":"invalid_code"})"),
            RevokeResult::kTryAgain);
  EXPECT_EQ(ReadRevocation(400, R"({"error":"temporarily_unavailable"})"),
            RevokeResult::kTryAgain);
}

}  // namespace
}  // namespace bursar

// How refusals and answers that are none are classified.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "server/upstream/token_response.h"
#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

RedeemResult Read(int status, const std::string& body,
                  const std::string& retry_after = "",
                  const Provider& provider = PlainProvider()) {
  return ReadTokenAnswer(AnswerOf(status, body, retry_after), provider, kSent,
                         kNow);
}

RedeemResult ReadZoho(int status, const std::string& body) {
  return Read(status, body, "", ZohoLikeProvider());
}

void ExpectMisconfigured(const RedeemResult& result,
                         const std::string& detail) {
  ASSERT_TRUE(std::holds_alternative<Misconfigured>(result));
  EXPECT_EQ(std::get<Misconfigured>(result).detail, detail);
}

void ExpectTransient(const RedeemResult& result, Trouble trouble) {
  ASSERT_TRUE(std::holds_alternative<Transient>(result));
  EXPECT_EQ(std::get<Transient>(result).trouble, trouble);
}

void ExpectUnknown(const RedeemResult& result, Trouble trouble) {
  ASSERT_TRUE(std::holds_alternative<OutcomeUnknown>(result));
  EXPECT_EQ(std::get<OutcomeUnknown>(result).trouble, trouble);
}

void ExpectThrottled(const RedeemResult& result, absl::Duration pause) {
  ASSERT_TRUE(std::holds_alternative<Throttled>(result));
  EXPECT_EQ(std::get<Throttled>(result).retry_after, pause);
}

TEST(TokenError, InvalidGrantIsDeadWhateverTheStatus) {
  for (const int status : {200, 400, 401, 403, 500}) {
    EXPECT_TRUE(std::holds_alternative<Dead>(
        Read(status, R"({"error":"invalid_grant"})")))
        << status;
  }
}

TEST(TokenError, StandardNamesBlameTheClientOrTheRequest) {
  ExpectMisconfigured(Read(401, R"({"error":"invalid_client"})"), "CLIENT");
  ExpectMisconfigured(Read(400, R"({"error":"unauthorized_client"})"),
                      "CLIENT");
  ExpectMisconfigured(Read(400, R"({"error":"unsupported_grant_type"})"),
                      "REQUEST");
  ExpectMisconfigured(Read(400, R"({"error":"invalid_request"})"), "REQUEST");
  ExpectMisconfigured(Read(400, R"({"error":"invalid_scope"})"), "SCOPE");
}

TEST(TokenError, TheDescriptorAddsNames) {
  EXPECT_TRUE(std::holds_alternative<Dead>(
      ReadZoho(200, R"({"error":"invalid_code"})")));
  ExpectMisconfigured(ReadZoho(200, R"({"error":"invalid_client_secret"})"),
                      "SECRET");
}

TEST(TokenError, TheDescriptorOverridesAStandardName) {
  Provider provider = PlainProvider();
  provider.errors["invalid_client"] = {ErrorClass::kMisconfigured, "SECRET"};
  ExpectMisconfigured(Read(401, R"({"error":"invalid_client"})", "", provider),
                      "SECRET");
}

TEST(TokenError, AnErrorIsReadInWhateverEnvelope) {
  EXPECT_TRUE(std::holds_alternative<Dead>(
      Read(200, R"({"ok":false,"error":"invalid_grant"})")));
}

TEST(TokenError, AFieldThatTheDescriptorNamesMayHoldTheError) {
  Provider provider = PlainProvider();
  provider.error_fields = {"status", "error"};
  provider.errors["BAD_REFRESH_TOKEN"] = {ErrorClass::kDead, ""};
  EXPECT_TRUE(std::holds_alternative<Dead>(
      Read(400, R"({"status":"BAD_REFRESH_TOKEN"})", "", provider)));
}

TEST(TokenError, AFieldThatTheDescriptorDoesNotNameHoldsNone) {
  Provider provider = PlainProvider();
  provider.errors["BAD_REFRESH_TOKEN"] = {ErrorClass::kDead, ""};
  ExpectTransient(Read(400, R"({"status":"BAD_REFRESH_TOKEN"})", "", provider),
                  Trouble::kMalformed);
}

TEST(TokenError, TheFirstFieldWithAListedErrorDecides) {
  Provider provider = PlainProvider();
  provider.errors["BAD_REFRESH_TOKEN"] = {ErrorClass::kDead, ""};
  provider.error_fields = {"status", "error"};
  EXPECT_TRUE(std::holds_alternative<Dead>(
      Read(400, R"({"status":"BAD_REFRESH_TOKEN","error":"invalid_request"})",
           "", provider)));
  ExpectMisconfigured(
      Read(400, R"({"status":"error","error":"invalid_request"})", "",
           provider),
      "REQUEST");
}

TEST(TokenError, AnErrorBesideATokenIsAnError) {
  EXPECT_TRUE(std::holds_alternative<Dead>(
      Read(200, R"({"error":"invalid_grant","access_token":"t"})")));
}

TEST(TokenError, TransientNamesAreTransient) {
  ExpectTransient(Read(400, R"({"error":"temporarily_unavailable"})"),
                  Trouble::kServerError);
  ExpectTransient(Read(500, R"({"error":"server_error"})", "7"),
                  Trouble::kUnavailable);
}

TEST(TokenError, AnUnlistedNameNeitherKillsTheGrantNorBlamesTheClient) {
  ExpectTransient(Read(400, R"({"error":"something_new"})"),
                  Trouble::kMalformed);
  ExpectTransient(Read(200, R"({"error":"something_new"})"),
                  Trouble::kMalformed);
}

TEST(TokenError, AnErrorThatIsNotTextIsUnlisted) {
  ExpectTransient(Read(400, R"({"error":{"code":400}})"), Trouble::kMalformed);
  ExpectTransient(Read(200, R"({"error":true,"access_token":"t"})"),
                  Trouble::kMalformed);
}

TEST(TokenError, AnUnlistedNameWithAServerErrorIsThatServerError) {
  ExpectUnknown(Read(500, R"({"error":"something_new"})"),
                Trouble::kServerError);
}

TEST(TokenError, NullAndEmptyErrorsAreNone) {
  EXPECT_TRUE(std::holds_alternative<Granted>(
      Read(200, R"({"error":null,"access_token":"t"})")));
  EXPECT_TRUE(std::holds_alternative<Granted>(
      Read(200, R"({"error":"","access_token":"t"})")));
}

TEST(TokenError, TheThrottleMarkerDecidesBeforeTheErrorName) {
  const std::string body =
      R"({"error_description":"localised","error":"invalid_code",)"
      R"("status":"failure"})";
  ExpectThrottled(ReadZoho(200, body), absl::Minutes(5));
  ExpectThrottled(ReadZoho(400, body), absl::Minutes(5));
}

TEST(TokenError, AnotherValueInTheThrottleFieldIsNoThrottle) {
  EXPECT_TRUE(std::holds_alternative<Granted>(
      ReadZoho(200, R"({"status":"success","access_token":"t"})")));
}

TEST(TokenError, WithoutAMarkerInTheDescriptorNothingIsOne) {
  EXPECT_TRUE(std::holds_alternative<Dead>(
      Read(200, R"({"error":"invalid_grant","":"","status":"failure"})")));
}

TEST(TokenError, AListedThrottleNameIsAThrottle) {
  Provider provider = PlainProvider();
  provider.errors["slow_down"] = {ErrorClass::kThrottled, ""};
  ExpectThrottled(Read(400, R"({"error":"slow_down"})", "9", provider),
                  absl::Seconds(9));
}

TEST(TokenError, TooManyRequestsIsAThrottleWhateverErrorTheBodyNames) {
  ExpectThrottled(Read(429, R"({"error":"invalid_grant"})"), absl::Minutes(1));
  ExpectThrottled(Read(429, "<html>", "30"), absl::Seconds(30));
}

TEST(TokenError, UnavailableIsTransientAndSaysWhen) {
  const RedeemResult result = Read(503, "<html>", "120");
  ExpectTransient(result, Trouble::kUnavailable);
  EXPECT_EQ(std::get<Transient>(result).retry_after, absl::Minutes(2));
}

TEST(TokenError, UnavailableWithoutATimeIsAServerError) {
  const RedeemResult result = Read(503, "");
  ExpectTransient(result, Trouble::kServerError);
  EXPECT_EQ(std::get<Transient>(result).retry_after, std::nullopt);
}

TEST(TokenError, OtherServerErrorsLeaveTheOutcomeUnknown) {
  for (const int status : {500, 502, 504}) {
    ExpectUnknown(Read(status, "<html>"), Trouble::kServerError);
    ExpectUnknown(Read(status, "{}"), Trouble::kServerError);
  }
}

TEST(TokenError, ASuccessThatCannotBeReadLeavesTheOutcomeUnknown) {
  for (const char* body :
       {"", "<html>", "access_token=t", "[]", "\"t\"", "null", "{}", "{",
        R"({"access_token":""})", R"({"access_token":7})",
        R"({"access_token":null})", "{\"access_token\":\"\xff\"}"}) {
    ExpectUnknown(Read(200, body), Trouble::kMalformed);
  }
}

TEST(TokenError, ATokenThatIsNoHeaderValueIsMalformed) {
  for (const char* body :
       {R"({"access_token":"a b"})", R"({"access_token":"a\r\nb"})",
        R"({"access_token":"\u0000"})", R"({"access_token":"\u00e9"})"}) {
    ExpectUnknown(Read(200, body), Trouble::kMalformed);
  }
}

TEST(TokenError, ARefusalThatCannotBeReadGrantedNothing) {
  ExpectTransient(Read(400, "<html>"), Trouble::kMalformed);
  ExpectTransient(Read(404, "{}"), Trouble::kMalformed);
}

TEST(TokenError, ARedirectGrantedNothing) {
  ExpectTransient(Read(302, ""), Trouble::kMalformed);
}

TEST(TokenError, DeepNestingIsMalformed) {
  const std::string deep = R"({"access_token":"t","x":)" +
                           std::string(100'000, '[') +
                           std::string(100'000, ']') + "}";
  ExpectUnknown(Read(200, deep), Trouble::kMalformed);
}

TEST(TokenError, WhatWasNotSentChangedNothing) {
  ExpectTransient(ReadTokenFailure({Trouble::kUnreachable, false}),
                  Trouble::kUnreachable);
}

TEST(TokenError, WhatMayHaveArrivedMayHaveTakenEffect) {
  ExpectUnknown(ReadTokenFailure({Trouble::kConnectionLost, true}),
                Trouble::kConnectionLost);
}

}  // namespace
}  // namespace bursar

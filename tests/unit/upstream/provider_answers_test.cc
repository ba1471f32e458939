// In which class each built-in provider's answers land.

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/strip.h"
#include "server/config/provider_section.h"
#include "tests/unit/upstream/built_in.h"

namespace bursar {
namespace {

// One that stands for every place that some descriptors leave open.
const char kPlace[] =
    ", data_centers: {main: {accounts_server: \"https://x.example\"}}, "
    "issuer: \"https://x.example\", authorization_endpoint: /a, "
    "token_endpoint: /t, revocation: null, device: null";

std::string ClassOf(const RedeemResult& result) {
  struct Name {
    std::string operator()(const Granted&) const { return "granted"; }
    std::string operator()(const Dead&) const { return "dead"; }
    std::string operator()(const Misconfigured& it) const { return it.detail; }
    std::string operator()(const Throttled&) const { return "throttled"; }
    std::string operator()(const Transient&) const { return "transient"; }
    std::string operator()(const OutcomeUnknown&) const { return "unknown"; }
  };
  return std::visit(Name(), result);
}

struct Row {
  const char* descriptor;
  int status;
  const char* body;
  const char* expected;
};

void ExpectClasses(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(
        ClassOf(ReadAs(BuiltIn(row.descriptor, kPlace), row.status, row.body)),
        row.expected)
        << row.descriptor << " " << row.status << " " << row.body;
  }
}

TEST(ProviderAnswers, ADeadTokenIsToldInEachProvidersWay) {
  ExpectClasses({
      {"zoho-identity360", 200, R"({"error":"invalid_code"})", "dead"},
      {"zoho-cliq", 200, R"({"error":"invalid_code"})", "dead"},
      {"zoho-iot", 200, R"({"error":"invalid_code"})", "dead"},
      {"zoho-connect", 200, R"({"error":"invalid_code"})", "dead"},
      {"google", 400, R"({"error":"invalid_grant"})", "dead"},
      {"microsoft", 400, R"({"error":"invalid_grant","error_codes":[700082]})",
       "dead"},
      {"microsoft", 400, R"({"error":"interaction_required"})", "dead"},
      {"github-app", 200, R"({"error":"bad_refresh_token"})", "dead"},
      {"salesforce", 400, R"({"error":"invalid_grant"})", "dead"},
      {"slack", 200, R"({"ok":false,"error":"invalid_refresh_token"})", "dead"},
      {"slack", 400, R"({"error":"invalid_grant"})", "dead"},
      {"atlassian", 403, R"({"error":"invalid_grant"})", "dead"},
      {"quickbooks", 400, R"({"error":"invalid_grant"})", "dead"},
      {"xero", 400, R"({"error":"invalid_grant"})", "dead"},
      {"box", 400, R"({"error":"invalid_grant"})", "dead"},
      {"okta", 400, R"({"error":"invalid_grant"})", "dead"},
      {"auth0", 403, R"({"error":"invalid_grant"})", "dead"},
      {"oidc", 400, R"({"error":"invalid_grant"})", "dead"},
      {"hubspot", 400,
       R"({"status":"BAD_REFRESH_TOKEN","message":"no such token"})", "dead"},
  });
}

TEST(ProviderAnswers, ARejectedClientIsToldInEachProvidersWay) {
  ExpectClasses({
      {"zoho", 200, R"({"error":"invalid_client"})", "CLIENT"},
      {"zoho", 200, R"({"error":"invalid_client_secret"})", "SECRET"},
      {"zoho", 200, R"({"error":"invalid_redirect_uri"})", "REDIRECT_URI"},
      {"google", 401, R"({"error":"invalid_client"})", "CLIENT"},
      {"google", 400, R"({"error":"redirect_uri_mismatch"})", "REDIRECT_URI"},
      {"github-app", 200, R"({"error":"incorrect_client_credentials"})",
       "SECRET"},
      {"salesforce", 400, R"({"error":"invalid_client_id"})", "CLIENT"},
      {"slack", 200, R"({"ok":false,"error":"bad_client_secret"})", "SECRET"},
      {"hubspot", 400, R"({"status":"BAD_CLIENT_SECRET"})", "SECRET"},
  });
}

TEST(ProviderAnswers, AThrottleIsToldInWhateverLanguage) {
  const char* const kLocalised =
      R"({"error_description":"\u8bf7\u6c42\u8fc7\u591a","error":"\u62d2\u7edd",)"
      R"("status":"failure"})";
  ExpectClasses({
      {"zoho", 200, kLocalised, "throttled"},
      {"zoho", 400, kLocalised, "throttled"},
      {"zoho", 400, R"({"error":"Access Denied","status":"failure"})",
       "throttled"},
      {"slack", 429, R"({"ok":false,"error":"ratelimited"})", "throttled"},
      {"slack", 200, R"({"ok":false,"error":"ratelimited"})", "throttled"},
      {"okta", 400, R"({"errorCode":"E0000047"})", "throttled"},
      {"salesforce", 400, R"({"error":"rate_limit_exceeded"})", "throttled"},
  });
}

TEST(ProviderAnswers, AnotherLanguageAloneIsNoThrottle) {
  ExpectClasses({{"zoho", 200, R"({"error":"Access Denied"})", "transient"}});
}

TEST(ProviderAnswers, APageInsteadOfAnAnswerKillsNothing) {
  for (const EmbeddedFile& file : ProviderDescriptors()) {
    const std::string name(absl::StripSuffix(file.name, ".yaml"));
    ExpectClasses({
        {name.c_str(), 200, "<html>Sign in</html>", "unknown"},
        {name.c_str(), 400, "<html>Bad request</html>", "transient"},
        {name.c_str(), 403, "<html>Forbidden</html>", "transient"},
        {name.c_str(), 429, "<html>Slow down</html>", "throttled"},
        {name.c_str(), 500, "<html>Oops</html>", "unknown"},
        {name.c_str(), 502, "<html>Bad gateway</html>", "unknown"},
        {name.c_str(), 503, "<html>Maintenance</html>", "transient"},
    });
  }
}

TEST(ProviderAnswers, ATokenIsOneWhateverTheStatus) {
  for (const int status : {200, 201, 400, 429, 500}) {
    ExpectClasses(
        {{"google", status, R"({"access_token":"t"})", "granted"},
         {"slack", status, R"({"ok":true,"access_token":"t"})", "granted"}});
  }
}

TEST(ProviderAnswers, ZohosSuccessStatusIsNoError) {
  ExpectClasses(
      {{"zoho", 200, R"({"access_token":"t","status":"success"})", "granted"},
       {"hubspot", 200, R"({"access_token":"t","status":"OK"})", "granted"}});
}

TEST(ProviderAnswers, SalesforcesInstanceIsTheApiDomain) {
  const RedeemResult result = ReadAs(
      BuiltIn("salesforce"), 200,
      R"({"access_token":"t","instance_url":"https://my.salesforce.example"})");
  const AccessToken& token = std::get<Granted>(result).access_token;
  EXPECT_EQ(token.api_domain, "https://my.salesforce.example");
  EXPECT_EQ(token.expiry, kSent + absl::Minutes(15));
}

}  // namespace
}  // namespace bursar

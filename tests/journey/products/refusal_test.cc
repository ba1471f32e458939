// What the token endpoint refuses, and what follows from it here.

#include "gmock/gmock.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RefusalTest : public ProductTest {};

INSTANTIATE_TEST_SUITE_P(Products, RefusalTest, testing::ValuesIn(Products()),
                         NameOfProduct);

// Line: core: `invalid_code` as HTTP 200 is a dead refresh token, and asked
//   about once
TEST_P(RefusalTest, ADeadRefreshTokenIsAskedAboutOnce) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  sandbox().RemoveApplication(kAnn);
  MoveClocks(absl::Hours(2));
  for (int time = 0; time < 3; ++time) {
    const auto reply = GetToken(kAnn);
    EXPECT_EQ(reply.outcome.reason, "CONSENT_REQUIRED");
    EXPECT_EQ(reply.outcome.metadata.at("why"), "REFUSED_BY_PROVIDER");
  }
  EXPECT_EQ(sandbox().Calls("token.refresh"), 1);
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::CONSENT_REQUIRED);
}

// Line: core: `invalid_client_secret` as HTTP 200 is the client's fault
TEST_P(RefusalTest, AWrongSecretIsTheClientsFaultAndNotTheGrants) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  const std::string secret = sandbox().ReplaceSecret(registered().id);
  MoveClocks(absl::Hours(2));
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.reason, "CLIENT_MISCONFIGURED");
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);
  v1::ReplaceClientSecretRequest request;
  request.set_name(kClient);
  request.set_client_secret(secret);
  ASSERT_TRUE(api().ReplaceClientSecret(request).ok());
  const auto reply = GetToken(kAnn);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
}

// Line: core: throttled is `status=failure`, as HTTP 200 or 400, whatever the
//   language
TEST_P(RefusalTest, AThrottleIsOneInAnyLanguageAndUnderAnyStatus) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  for (const int status : {200, 400}) {
    MoveClocks(absl::Hours(2));
    sandbox().Add({.kind = "body",
                   .status = status,
                   .body = R"({"error":"Acc\u00e8s refus\u00e9",)"
                           R"("error_description":"Trop de demandes",)"
                           R"("status":"failure"})"});
    const auto reply = GetToken(kAnn);
    EXPECT_EQ(reply.outcome.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_EQ(reply.outcome.reason, "PROVIDER_THROTTLED") << status;
  }
  MoveClocks(absl::Hours(2));
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);
}

// Line: an HTML page is no answer
TEST_P(RefusalTest, AnErrorPageKillsNothing) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  MoveClocks(absl::Hours(2));
  sandbox().Add({.kind = "body",
                 .headers = {{"Content-Type", "text/html"}},
                 .body = "<html><body>invalid_code</body></html>"});
  EXPECT_EQ(GetToken(kAnn).outcome.reason, "PROVIDER_ANSWER_MALFORMED");
  MoveClocks(absl::Minutes(2));
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_EQ(Grant(grant.id()).state(), v1::Grant::ACTIVE);
}

// Line: core: where there is no refresh token, the key is absent
TEST_P(RefusalTest, AConsentWithoutARefreshTokenIsExplainedAndNotStored) {
  StartUnlimited();
  sandbox().Add({.call = "token.code",
                 .kind = "edit",
                 .set_field = R"({"refresh_token": null})"});
  const Page end =
      browser().Press(OpenConsent(Begin()), "Accept", {{"user", kAnn}});
  EXPECT_THAT(end.body, HasSubstr("would not last"));
  EXPECT_THAT(GrantsOf(kAnn), IsEmpty());
}

}  // namespace
}  // namespace bursar::journey

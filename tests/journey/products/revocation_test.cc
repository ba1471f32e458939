// Revocations: both generations of them, and what they end.

#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

constexpr char kSecondGeneration[] =
    "    revocation: {endpoint: /oauth/v2/revoke/token, parameters: body, "
    "client_authentication: basic, type_parameter: token_type}\n";

class RevocationTest : public ProductTest {
 protected:
  void RevokeGrant(const v1::Grant& grant) {
    v1::RevokeRequest request;
    request.set_grant(grant.id());
    const auto reply = api().Revoke(request);
    EXPECT_TRUE(reply.ok()) << reply.outcome;
  }

  v1::RefreshToken::Revocation SettledAs(const v1::Grant& grant) {
    auto settled = v1::RefreshToken::PENDING;
    EXPECT_TRUE(Eventually([&] {
      settled = RefreshTokensOf(grant.id()).front().revocation();
      return settled != v1::RefreshToken::PENDING;
    }));
    return settled;
  }
};

INSTANTIATE_TEST_SUITE_P(Products, RevocationTest,
                         testing::ValuesIn(Products()), NameOfProduct);

// Line: revoke, first generation: `POST …/token/revoke?token=`; access tokens
//   die too
TEST_P(RevocationTest, ItEndsRefreshAndAccessTokensAtTheProvider) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  const auto token = GetToken(kAnn).value;
  EXPECT_EQ(CallApi(token), 200);
  RevokeGrant(grant);
  EXPECT_EQ(SettledAs(grant), v1::RefreshToken::CONFIRMED);
  EXPECT_EQ(StatesAtTheProvider().front(), "revoked");
  EXPECT_EQ(CallApi(token), 401);
  const auto refused = GetToken(kAnn);
  EXPECT_EQ(refused.outcome.metadata.at("why"), "REVOKED");
}

// Line: revoke, second generation: `POST /oauth/v2/revoke/token` with Basic,
//   `token`, `token_type`
TEST_P(RevocationTest, TheSecondGenerationIsSpokenToo) {
  StartUnlimited(kSecondGeneration);
  sandbox().Set("revocation_by_value", "false");
  const v1::Grant grant = ConsentToRead();
  RevokeGrant(grant);
  EXPECT_EQ(SettledAs(grant), v1::RefreshToken::CONFIRMED);
  EXPECT_EQ(StatesAtTheProvider().front(), "revoked");
}

// Line: revoke: an invalid token is HTTP 400, counted as dead already
TEST_P(RevocationTest, ATokenThatTheProviderDoesNotKnowIsAsGoodAsRevoked) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  sandbox().RemoveApplication(kAnn);
  RevokeGrant(grant);
  EXPECT_EQ(SettledAs(grant), v1::RefreshToken::UNKNOWN_TO_PROVIDER);
}

// Line: revoke: 503 is tried again
TEST_P(RevocationTest, ItIsTriedAgainUntilTheProviderAnswers) {
  StartUnlimited();
  const v1::Grant grant = ConsentToRead();
  sandbox().Add({.call = "revoke", .kind = "status", .status = 503});
  RevokeGrant(grant);
  EXPECT_TRUE(Eventually([&] { return sandbox().Calls("revoke") == 1; }));
  EXPECT_EQ(GetToken(kAnn).outcome.metadata.at("why"), "REVOKED");
  MoveClocks(absl::Minutes(5));
  EXPECT_EQ(SettledAs(grant), v1::RefreshToken::CONFIRMED);
}

}  // namespace
}  // namespace bursar::journey

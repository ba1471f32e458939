// A refresh token that a user already has becomes a grant.

#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

class Import : public Journey {
 protected:
  void SetUp() override { StartStack(); }

  v1::ImportGrantRequest Request(const std::string& token) {
    v1::ImportGrantRequest request;
    request.set_user(kAnn);
    request.set_client(kClient);
    request.set_refresh_token(token);
    request.add_scopes(kRead);
    return request;
  }

  std::string MadeAtTheProvider() {
    return sandbox().MakeRefreshTokens(registered().id, {kAnn}, kRead).at(0);
  }
};

TEST_F(Import, GivesAGrantThatYieldsTokens) {
  const auto grant = api().ImportGrant(Request(MadeAtTheProvider()));
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  const auto token = GetToken(kAnn);
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(token.value.grant(), grant.value.id());
  EXPECT_EQ(sandbox().CallApi(token.value.authorization()), 200);
}

TEST_F(Import, OfATokenHeldAlreadyIsRefused) {
  const std::string token = MadeAtTheProvider();
  ASSERT_TRUE(api().ImportGrant(Request(token)).ok());
  const auto again = api().ImportGrant(Request(token));
  EXPECT_EQ(again.outcome.code, grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(again.outcome.metadata.at("resource"), "grant");
}

TEST_F(Import, OfATokenThatTheProviderDoesNotKnowIsRefused) {
  const auto refused = api().ImportGrant(Request("1000.never.issued"));
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(refused.outcome.reason, "CODE_REFUSED");
  EXPECT_TRUE(GrantsOf(kAnn).empty());
}

TEST_F(Import, KeepsATokenThatTheProviderRotatedMeanwhile) {
  sandbox().Set("rotation", "true");
  ASSERT_TRUE(api().ImportGrant(Request(MadeAtTheProvider())).ok());
  const auto refreshed = Refresh(GetToken(kAnn).value, kAnn);
  EXPECT_TRUE(refreshed.ok()) << refreshed.outcome;
}

}  // namespace
}  // namespace bursar::journey

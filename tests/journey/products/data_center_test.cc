// A user's data is kept in one place, and a grant is redeemed where it was
// made.

#include "gmock/gmock.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Somebody who is at home in eu.
constexpr char kEmil[] = "emil@example.com";

class DataCenterTest : public ProductTest {
 protected:
  void SetUp() override { StartUnlimited("", {"eu"}); }

  const std::string& EuropeanUrl() {
    return sandbox().data_center_urls().at("eu");
  }
};

INSTANTIATE_TEST_SUITE_P(Products, DataCenterTest,
                         testing::ValuesIn(Products()), NameOfProduct);

// Line: core: `location` and `accounts-server` name the user's data centre
TEST_P(DataCenterTest, TheRedirectSaysWhereTheUserIsAtHome) {
  const std::string redirect =
      RedirectOf(BeginConsent(kEmil, {product().Read()}), kEmil);
  EXPECT_EQ(QueryParameter(redirect, "location"), "eu");
  EXPECT_EQ(QueryParameter(redirect, "accounts-server"), EuropeanUrl());
}

// Line: core: a grant is redeemed only where it was made
TEST_P(DataCenterTest, AGrantIsMadeAndRedeemedWhereTheUserIsAtHome) {
  const v1::Grant grant = Consent(kEmil, {product().Read()});
  EXPECT_EQ(grant.data_center(), "eu");
  MoveClocks(absl::Hours(2));
  const auto reply = GetToken(kEmil);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
  EXPECT_EQ(sandbox().RefreshTokens(kEmil).front().redeemed, 1);
}

// Line: core: a token call at the wrong data centre is `invalid_client`
TEST_P(DataCenterTest, ACodeThatIsTakenElsewhereIsRefused) {
  const std::string redirect =
      RedirectOf(BeginConsent(kEmil, {product().Read()}), kEmil);
  // The redirect names the other one of the provider's own.
  const Page end = browser().Open(Without(redirect, "accounts-server"));
  EXPECT_THAT(end.body, HasSubstr("not set up correctly"));
  EXPECT_THAT(GrantsOf(kEmil), IsEmpty());
}

// Line: core: the client id is global
TEST_P(DataCenterTest, UsersOfSeveralAreServedByOneClient) {
  Consent(kAnn, {product().Read()});
  Consent(kEmil, {product().Read()});
  MoveClocks(absl::Hours(2));
  EXPECT_TRUE(GetToken(kAnn).ok());
  EXPECT_TRUE(GetToken(kEmil).ok());
}

}  // namespace
}  // namespace bursar::journey

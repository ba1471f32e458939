// The products' limits, kept here before they are enforced there.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::ElementsAre;

class ProductLimitsTest : public ProductTest {
 protected:
  Reply<v1::BeginConsentResponse> TryToBegin(
      const std::string& scope, v1::BeginConsentRequest::OnCap on_cap = {}) {
    v1::BeginConsentRequest request;
    request.set_user(kAnn);
    request.set_client(kClient);
    request.add_scopes(scope);
    request.set_on_cap(on_cap);
    return api().BeginConsent(request);
  }

  // Consents to one operation each, which cover none of each other.
  std::vector<v1::Grant> ConsentToOperations() {
    std::vector<v1::Grant> grants;
    for (const char* operation : {"CREATE", "UPDATE", "DELETE"}) {
      grants.push_back(
          Consent(kAnn, {absl::StrCat(product().resource, ".", operation)}));
    }
    return grants;
  }
};

INSTANTIATE_TEST_SUITE_P(Products, ProductLimitsTest,
                         testing::ValuesIn(Products()), NameOfProduct);

// Twenty of them take long; three are counted just so.
constexpr char kCapOfThree[] =
    "    limits: [{counts: refresh_tokens, per: user_and_client, at_most: 3, "
    "then: evict}]\n";
const std::map<std::string, std::string> kThree = {
    {"refresh_token_cap", "3"}, {"refresh_tokens_per_window", "0"}};

// Line: IoT, ruling: at the cap the oldest refresh token is evicted, in use or
//   not: told before
TEST_P(ProductLimitsTest, WhoeverPassesTheCapIsToldWhichGrantEnds) {
  Start(kCapOfThree, kThree);
  const auto grants = ConsentToOperations();
  const auto begun = TryToBegin(product().Read());
  ASSERT_TRUE(begun.ok()) << begun.outcome;
  EXPECT_THAT(begun.value.evicts(), ElementsAre(grants.front().id()));
}

// Line: ruling: an eviction takes the access tokens along, and shows as
//   `invalid_code`
TEST_P(ProductLimitsTest, TheNamedGrantIsTheOneThatEnds) {
  Start(kCapOfThree, kThree);
  const auto grants = ConsentToOperations();
  ConsentToRead();
  EXPECT_THAT(StatesAtTheProvider(),
              ElementsAre("evicted", "alive", "alive", "alive"));
  EXPECT_TRUE(Grant(grants[0].id()).presumed_evicted());
  const auto refused =
      GetToken(kAnn, {absl::StrCat(product().resource, ".CREATE")});
  EXPECT_EQ(refused.outcome.metadata.at("why"), "EVICTED");
  for (const char* operation : {"UPDATE", "DELETE", "READ"}) {
    const auto reply =
        GetToken(kAnn, {absl::StrCat(product().resource, ".", operation)});
    EXPECT_TRUE(reply.ok()) << operation << reply.outcome;
  }
}

// Line: ruling: at the cap, refuse where that is wanted
TEST_P(ProductLimitsTest, AConsentThatWouldEndAGrantCanBeRefused) {
  Start(kCapOfThree, kThree);
  const auto grants = ConsentToOperations();
  const auto refused =
      TryToBegin(product().Read(), v1::BeginConsentRequest::REFUSE);
  EXPECT_EQ(refused.outcome.reason, "PROVIDER_LIMIT_REACHED");
  EXPECT_EQ(refused.outcome.metadata.at("evicts"), grants.front().id());
}

// Line: Identity360, ruling: 5 refresh tokens a minute
TEST_P(ProductLimitsTest, ASixthConsentInAMinuteIsHeldHere) {
  Start();
  for (int consent = 0; consent < 5; ++consent) ConsentToRead();
  const auto sixth = TryToBegin(product().Read());
  EXPECT_EQ(sixth.outcome.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  ASSERT_TRUE(sixth.outcome.retry_delay);
  EXPECT_LE(*sixth.outcome.retry_delay, absl::Minutes(1));
  EXPECT_EQ(sandbox().Calls("token.code"), 5);
  MoveClocks(*sixth.outcome.retry_delay + absl::Seconds(1));
  ConsentToRead();
  EXPECT_EQ(sandbox().Throttled(), 0);
}

// Line: ruling: 10 codes in 10 minutes per client
TEST_P(ProductLimitsTest, AnEleventhCodeInTenMinutesIsHeldHere) {
  Start();
  for (int consent = 0; consent < 10; ++consent) {
    if (consent == 5) MoveClocks(absl::Seconds(90));
    ConsentToRead();
  }
  MoveClocks(absl::Seconds(90));
  const auto eleventh = TryToBegin(product().Read());
  EXPECT_EQ(eleventh.outcome.metadata.at("counted"), "codes");
  EXPECT_EQ(sandbox().Throttled(), 0);
}

// Line: ruling: 10 access tokens in 10 minutes per refresh token
TEST_P(ProductLimitsTest, AnEleventhTokenInTenMinutesIsHeldHere) {
  Start();
  ConsentToRead();
  for (int refresh = 0; refresh < 10; ++refresh) {
    ASSERT_TRUE(RefreshNewest().ok()) << refresh;
  }
  const auto eleventh = RefreshNewest();
  EXPECT_EQ(eleventh.outcome.reason, "PROVIDER_LIMIT_REACHED");
  EXPECT_EQ(sandbox().Calls("token.refresh"), 10);
  EXPECT_EQ(sandbox().Throttled(), 0);
}

// Line: ruling: 10 living access tokens per refresh token; the oldest dies
//   silently
TEST_P(ProductLimitsTest, OfElevenLivingTokensTheOldestDies) {
  Start();
  ConsentToRead();
  std::vector<v1::AccessToken> tokens;
  for (int refresh = 0; refresh < 11; ++refresh) {
    if (refresh == 9) MoveClocks(absl::Minutes(11));
    tokens.push_back(RefreshNewest().value);
  }
  EXPECT_EQ(CallApi(tokens.front()), 401);
  EXPECT_EQ(CallApi(tokens.back()), 200);
}

// Line: Connect, strict: "limit - 20" as uses of a refresh token
TEST_P(ProductLimitsTest, AUseLimitThatIsReachedWantsConsent) {
  Start("    limits: [{counts: redemptions, per: refresh_token, at_most: 3}]\n",
        {{"refresh_token_use_limit", "3"}});
  ConsentToRead();
  for (int use = 0; use < 3; ++use) ASSERT_TRUE(RefreshNewest().ok());
  const auto refused = RefreshNewest();
  EXPECT_EQ(refused.outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(refused.outcome.metadata.at("why"), "USED_UP");
  EXPECT_EQ(sandbox().Calls("token.refresh"), 3);
}

}  // namespace
}  // namespace bursar::journey

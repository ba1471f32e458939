#include "tests/conformance/ledger_suite.h"

namespace bursar {
namespace {

using Condition = TakenConsent::Condition;

TEST_P(LedgerSuite, AConsentIsTakenOnceWithAllThatWasPut) {
  AddClient("crm");
  const absl::Time expiry = now_ + absl::Minutes(10);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.consents().Put(AConsent("state", expiry), now_);
              }).ok());
  const auto take = [&] {
    return Write([&](Ledger& l) {
      return l.consents().Take(Secret::Copy("state"), now_);
    });
  };
  const auto taken = take();
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->condition, Condition::kFresh);
  EXPECT_EQ(taken->consent.verifier.Expose(), "verifier");
  EXPECT_EQ(taken->consent.user, UserId("ada"));
  EXPECT_EQ(taken->consent.client, ClientName("crm"));
  EXPECT_EQ(taken->consent.data_center, DataCenter("eu"));
  EXPECT_EQ(taken->consent.scopes, Scopes({"a.READ"}));
  EXPECT_EQ(taken->consent.redirect_uri, "https://app.test/callback");
  EXPECT_EQ(taken->consent.actor, Actor("shop"));
  EXPECT_EQ(taken->consent.expiry, expiry);
  EXPECT_EQ(take()->condition, Condition::kUsed);
}

TEST_P(LedgerSuite, AnExpiredConsentIsTakenAsExpired) {
  AddClient("crm");
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.consents().Put(AConsent("state", now_), now_);
              }).ok());
  const auto taken = Write([&](Ledger& l) {
    return l.consents().Take(Secret::Copy("state"), now_);
  });
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->condition, Condition::kExpired);
}

TEST_P(LedgerSuite, AStateThatIsUnknownOrLongGoneIsNotFound) {
  AddClient("crm");
  const auto take = [&](const char* state) {
    return Write([&](Ledger& l) {
             return l.consents().Take(Secret::Copy(state), now_);
           })
        .status();
  };
  const auto put = [&](const char* state) {
    return Write([&](Ledger& l) {
      return l.consents().Put(AConsent(state, now_), now_);
    });
  };
  EXPECT_TRUE(absl::IsNotFound(take("state")));
  ASSERT_TRUE(put("state").ok());
  now_ += absl::Hours(23);
  ASSERT_TRUE(put("other").ok());
  EXPECT_TRUE(take("state").ok());
  now_ += absl::Hours(2);
  ASSERT_TRUE(put("third").ok());
  EXPECT_TRUE(absl::IsNotFound(take("state")));
}

TEST_P(LedgerSuite, AConsentToAnUnknownClientIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(Write([&](Ledger& l) {
    return l.consents().Put(AConsent("state", now_), now_);
  })));
}

}  // namespace
}  // namespace bursar

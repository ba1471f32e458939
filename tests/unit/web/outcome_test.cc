#include "server/web/outcome.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "server/core/reason.h"

namespace bursar {
namespace {

Outcome OutcomeOfReason(Reason reason) {
  return OutcomeOf(ToStatus({reason, "said", {}, {}, {}}));
}

Outcome OutcomeOfState(const std::string& why) {
  return OutcomeOf(
      ToStatus({Reason::kStateUnusable, "said", {}, {}, {{"why", why}}}));
}

TEST(OutcomeTest, AGrantIsConnected) {
  EXPECT_EQ(OutcomeOf(absl::OkStatus()), Outcome::kConnected);
}

TEST(OutcomeTest, EachWayAStateIsUnusableHasItsPage) {
  EXPECT_EQ(OutcomeOfState("UNKNOWN"), Outcome::kUnknownLink);
  EXPECT_EQ(OutcomeOfState("ANOTHERS"), Outcome::kUnknownLink);
  EXPECT_EQ(OutcomeOfState("USED"), Outcome::kAlreadyUsed);
  EXPECT_EQ(OutcomeOfState("EXPIRED"), Outcome::kExpired);
  EXPECT_EQ(OutcomeOfState("FORGED_ACCOUNTS_SERVER"), Outcome::kForgedServer);
  EXPECT_EQ(OutcomeOfReason(Reason::kStateUnusable), Outcome::kUnknownLink);
}

TEST(OutcomeTest, EachRefusalHasItsPage) {
  EXPECT_EQ(OutcomeOfReason(Reason::kConsentDeclined), Outcome::kDeclined);
  EXPECT_EQ(OutcomeOfReason(Reason::kCodeRefused), Outcome::kCodeRefused);
  EXPECT_EQ(OutcomeOfReason(Reason::kNoRefreshToken), Outcome::kNoRefreshToken);
  EXPECT_EQ(OutcomeOfReason(Reason::kClientMisconfigured),
            Outcome::kMisconfigured);
  EXPECT_EQ(OutcomeOfReason(Reason::kLedgerUnavailable), Outcome::kInternal);
}

TEST(OutcomeTest, WhateverKeepsTheProviderFromAnsweringIsWorthAnotherTry) {
  for (int reason = static_cast<int>(Reason::kProviderThrottled);
       reason <= static_cast<int>(Reason::kProviderExpiryInvalid); ++reason) {
    EXPECT_EQ(OutcomeOfReason(static_cast<Reason>(reason)), Outcome::kTryLater)
        << ReasonName(static_cast<Reason>(reason));
  }
}

TEST(OutcomeTest, AStatusWithoutReasonIsOurFault) {
  EXPECT_EQ(OutcomeOf(absl::UnknownError("")), Outcome::kInternal);
}

TEST(OutcomeTest, EveryOutcomeHasAPageOfItsOwn) {
  std::set<std::string> slugs;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const OutcomeText& text = OutcomeTexts()[i];
    EXPECT_EQ(static_cast<std::size_t>(text.outcome), i);
    EXPECT_FALSE(text.title.empty() || text.happened.empty() ||
                 text.next.empty());
    slugs.insert(std::string(text.slug));
  }
  EXPECT_EQ(slugs.size(), kOutcomes);
}

}  // namespace
}  // namespace bursar

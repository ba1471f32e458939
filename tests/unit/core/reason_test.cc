#include "server/core/reason.h"

#include "gtest/gtest.h"

namespace bursar {
namespace {

TEST(ReasonTest, AStatusCarriesAllOfItsRefusal) {
  const Refusal refusal{Reason::kProviderThrottled,
                        "later",
                        absl::Seconds(90),
                        "min_ttl",
                        {{"error", "SECRET"}, {"why", "NO_GRANT"}}};
  const absl::Status status = ToStatus(refusal);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  const auto back = RefusalOf(status);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->reason, refusal.reason);
  EXPECT_EQ(back->message, refusal.message);
  EXPECT_EQ(back->retry_after, refusal.retry_after);
  EXPECT_EQ(back->field, refusal.field);
  EXPECT_EQ(back->metadata, refusal.metadata);
}

TEST(ReasonTest, AStatusFromElsewhereHasNoRefusal) {
  EXPECT_FALSE(RefusalOf(absl::NotFoundError("row")));
  EXPECT_FALSE(RefusalOf(absl::OkStatus()));
}

TEST(ReasonTest, NamesLeadBackToTheirReasons) {
  EXPECT_EQ(ReasonNamed(ReasonName(Reason::kConsentRequired)),
            Reason::kConsentRequired);
  EXPECT_FALSE(ReasonNamed("NO_SUCH_REASON"));
}

}  // namespace
}  // namespace bursar

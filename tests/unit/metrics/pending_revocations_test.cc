#include "server/metrics/pending_revocations.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/text_serializer.h"

namespace bursar {
namespace {

TEST(PendingRevocationsTest, EachScrapeShowsHowManyWaitNow) {
  int64_t waiting = 7;
  const PendingRevocations pending([&] { return waiting; });
  const prometheus::TextSerializer text;
  EXPECT_THAT(text.Serialize(pending.Collect()),
              testing::HasSubstr("bursar_revocations_pending 7"));
  waiting = 0;
  EXPECT_THAT(text.Serialize(pending.Collect()),
              testing::HasSubstr("bursar_revocations_pending 0"));
}

}  // namespace
}  // namespace bursar

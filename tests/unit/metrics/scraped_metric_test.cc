#include "server/metrics/scraped_metric.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/text_serializer.h"

namespace bursar {
namespace {

using testing::HasSubstr;
using Samples = std::vector<ScrapedMetric::Sample>;

std::string Scraped(const ScrapedMetric& metric) {
  return prometheus::TextSerializer().Serialize(metric.Collect());
}

TEST(ScrapedMetricTest, EachScrapeShowsWhatIsTheCaseNow) {
  double waiting = 7;
  const ScrapedMetric metric(
      {prometheus::MetricType::Gauge, "waiting", "What waits."}, [&] {
        return Samples{{{}, waiting}};
      });
  EXPECT_THAT(Scraped(metric), HasSubstr("# TYPE waiting gauge\nwaiting 7\n"));
  waiting = 0;
  EXPECT_THAT(Scraped(metric), HasSubstr("waiting 0\n"));
}

TEST(ScrapedMetricTest, EachSampleHasItsLabels) {
  const ScrapedMetric metric(
      {prometheus::MetricType::Counter, "calls_total", "Calls."}, [] {
        return Samples{{{{"at", "door"}, {"how", "well"}}, 1},
                       {{{"at", "window"}, {"how", "badly"}}, 2}};
      });
  EXPECT_THAT(Scraped(metric),
              HasSubstr("# TYPE calls_total counter\n"
                        "calls_total{at=\"door\",how=\"well\"} 1\n"
                        "calls_total{at=\"window\",how=\"badly\"} 2\n"));
}

}  // namespace
}  // namespace bursar

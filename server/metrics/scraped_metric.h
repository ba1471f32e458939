// A metric whose values are asked for whenever Prometheus scrapes. Thread-safe
// if what it asks is.

#ifndef BURSAR_SERVER_METRICS_SCRAPED_METRIC_H_
#define BURSAR_SERVER_METRICS_SCRAPED_METRIC_H_

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"
#include "prometheus/metric_type.h"

namespace bursar {

class ScrapedMetric final : public prometheus::Collectable {
 public:
  /// What Prometheus is to make of the values.
  struct Kind {
    /// Counter or Gauge.
    prometheus::MetricType type;
    std::string name;
    std::string help;
  };
  struct Sample {
    /// No two samples have the same.
    std::map<std::string, std::string> labels;
    double value;
  };

  /// `samples` is called on the metrics server's thread.
  ScrapedMetric(Kind kind, std::function<std::vector<Sample>()> samples)
      : kind_(std::move(kind)), samples_(std::move(samples)) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const Kind kind_;
  const std::function<std::vector<Sample>()> samples_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_METRICS_SCRAPED_METRIC_H_

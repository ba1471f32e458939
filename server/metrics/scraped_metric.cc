#include "server/metrics/scraped_metric.h"

#include "prometheus/client_metric.h"

namespace bursar {

std::vector<prometheus::MetricFamily> ScrapedMetric::Collect() const {
  std::vector<prometheus::ClientMetric> metrics;
  for (const Sample& sample : samples_()) {
    prometheus::ClientMetric& metric = metrics.emplace_back();
    for (const auto& [name, value] : sample.labels) {
      metric.label.push_back({name, value});
    }
    if (kind_.type == prometheus::MetricType::Counter) {
      metric.counter.value = sample.value;
    } else {
      metric.gauge.value = sample.value;
    }
  }
  return {{kind_.name, kind_.help, kind_.type, metrics}};
}

}  // namespace bursar

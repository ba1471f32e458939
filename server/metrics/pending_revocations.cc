#include "server/metrics/pending_revocations.h"

#include "prometheus/client_metric.h"
#include "prometheus/metric_type.h"

namespace bursar {

std::vector<prometheus::MetricFamily> PendingRevocations::Collect() const {
  prometheus::ClientMetric metric;
  metric.gauge.value = static_cast<double>(count_());
  return {{"bursar_revocations_pending",
           "Revocations that their provider has not confirmed yet.",
           prometheus::MetricType::Gauge,
           {metric}}};
}

}  // namespace bursar

#include "server/main/shown_metrics.h"

#include "server/metrics/scraped_metric.h"

namespace bursar {
namespace {

using prometheus::MetricType;
using Samples = std::vector<ScrapedMetric::Sample>;

std::shared_ptr<prometheus::Collectable> PendingRevocations(
    const Revocation& revocation) {
  return std::make_shared<ScrapedMetric>(
      ScrapedMetric::Kind{
          MetricType::Gauge, "bursar_revocations_pending",
          "Revocations that their provider has not confirmed yet."},
      [&revocation] {
        return Samples{{{}, static_cast<double>(revocation.pending())}};
      });
}

std::shared_ptr<prometheus::Collectable> RefusedCallers(
    const CallerRefusals& refusals) {
  return std::make_shared<ScrapedMetric>(
      ScrapedMetric::Kind{MetricType::Counter, "bursar_callers_refused_total",
                          "Calls of callers who are not known, by the "
                          "credential that was shown."},
      [&refusals] {
        const auto sample = [&](const char* shown, ShownCredential credential) {
          return ScrapedMetric::Sample{
              {{"shown", shown}},
              static_cast<double>(refusals.CountOf(credential))};
        };
        return Samples{sample("none", ShownCredential::kNone),
                       sample("certificate", ShownCredential::kCertificate),
                       sample("bearer", ShownCredential::kBearer)};
      });
}

}  // namespace

std::vector<std::shared_ptr<prometheus::Collectable>> ShownMetrics(
    const Revocation& revocation, const CallerRefusals& refusals) {
  return {PendingRevocations(revocation), RefusedCallers(refusals)};
}

}  // namespace bursar

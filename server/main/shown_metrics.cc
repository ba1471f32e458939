#include "server/main/shown_metrics.h"

#include <string>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "server/metrics/scraped_metric.h"
#include "server/rpc/library_logs.h"

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

std::shared_ptr<prometheus::Collectable> TlsHandshakes() {
  return std::make_shared<ScrapedMetric>(
      ScrapedMetric::Kind{MetricType::Counter,
                          "bursar_tls_handshakes_failed_total",
                          "TLS handshakes of RPC listeners that failed."},
      [] {
        return Samples{{{}, static_cast<double>(FailedHandshakes())}};
      });
}

// A value for each of the files, which `value` makes of their state.
std::shared_ptr<prometheus::Collectable> OfFiles(
    const FilesInForce& files, std::string name, std::string help,
    double (*value)(const FilesInForce::State&)) {
  return std::make_shared<ScrapedMetric>(
      ScrapedMetric::Kind{MetricType::Gauge, std::move(name), std::move(help)},
      [&files, value] {
        Samples samples;
        for (const auto& [together, state] : files.States()) {
          samples.push_back({{{"kind", together.kind},
                              {"files", absl::StrJoin(together.paths, ",")}},
                             value(state)});
        }
        return samples;
      });
}

}  // namespace

std::vector<std::shared_ptr<prometheus::Collectable>> ShownMetrics(
    const Revocation& revocation, const CallerRefusals& refusals,
    const FilesInForce& files) {
  return {
      PendingRevocations(revocation), RefusedCallers(refusals), TlsHandshakes(),
      OfFiles(files, "bursar_files_refused",
              "1 while the files as they stand are refused, and what was there "
              "before is in force.",
              [](const FilesInForce::State& state) {
                return state.refused ? 1.0 : 0.0;
              }),
      OfFiles(files, "bursar_files_taken_timestamp_seconds",
              "When the files were read last and found good.",
              [](const FilesInForce::State& state) {
                return absl::ToDoubleSeconds(state.taken - absl::UnixEpoch());
              })};
}

}  // namespace bursar

// How many revocations wait for their provider, for Prometheus. Thread-safe.

#ifndef BURSAR_SERVER_METRICS_PENDING_REVOCATIONS_H_
#define BURSAR_SERVER_METRICS_PENDING_REVOCATIONS_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "prometheus/collectable.h"
#include "prometheus/metric_family.h"

namespace bursar {

class PendingRevocations final : public prometheus::Collectable {
 public:
  /// Shows what `count` says whenever it is scraped, as
  /// bursar_revocations_pending. `count` is called on the metrics server's
  /// thread.
  explicit PendingRevocations(std::function<int64_t()> count)
      : count_(std::move(count)) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const std::function<int64_t()> count_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_METRICS_PENDING_REVOCATIONS_H_

// The listener that Prometheus scrapes: GET /metrics, clear text, no secrets.
// Owns its threads. Thread-safe.

#ifndef BURSAR_SERVER_METRICS_METRICS_SERVER_H_
#define BURSAR_SERVER_METRICS_METRICS_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "prometheus/collectable.h"
#include "prometheus/exposer.h"

namespace bursar {

class MetricsServer {
 public:
  /// Answers at `address`, "HOST:PORT" or "[IPV6]:PORT", from now on; port 0
  /// takes a free one. Shares what it shows. Fails, with words for the
  /// operator, if the address cannot be had.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& address,
      std::vector<std::shared_ptr<prometheus::Collectable>> shown);

  /// Where it answers, the free port filled in: "http://HOST:PORT/metrics".
  const std::string& url() const { return url_; }

 private:
  MetricsServer(std::vector<std::shared_ptr<prometheus::Collectable>> shown,
                std::unique_ptr<prometheus::Exposer> exposer, std::string url);

  // The exposer forgets what nobody else keeps.
  const std::vector<std::shared_ptr<prometheus::Collectable>> shown_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  std::string url_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_METRICS_METRICS_SERVER_H_

#include "server/metrics/metrics_server.h"

#include <exception>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bursar {

MetricsServer::MetricsServer(
    std::vector<std::shared_ptr<prometheus::Collectable>> shown,
    std::unique_ptr<prometheus::Exposer> exposer, std::string url)
    : shown_(std::move(shown)),
      exposer_(std::move(exposer)),
      url_(std::move(url)) {}

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(
    const std::string& address,
    std::vector<std::shared_ptr<prometheus::Collectable>> shown) {
  std::unique_ptr<prometheus::Exposer> exposer;
  // The library says so by throwing, and not why.
  try {
    exposer = std::make_unique<prometheus::Exposer>(address, 1);
  } catch (const std::exception&) {
    return absl::FailedPreconditionError(absl::StrCat(
        address,
        ": cannot listen there: the address is in use, not this machine's, or "
        "not permitted"));
  }
  for (const auto& one : shown) exposer->RegisterCollectable(one);
  const int port = exposer->GetListeningPorts().at(0);
  const std::string host = address.substr(0, address.rfind(':'));
  return absl::WrapUnique(
      new MetricsServer(std::move(shown), std::move(exposer),
                        absl::StrCat("http://", host, ":", port, "/metrics")));
}

}  // namespace bursar

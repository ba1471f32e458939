// What Prometheus is shown of the broker's parts beside the events' counts. No
// state, no locking.

#ifndef BURSAR_SERVER_MAIN_SHOWN_METRICS_H_
#define BURSAR_SERVER_MAIN_SHOWN_METRICS_H_

#include <memory>
#include <vector>

#include "prometheus/collectable.h"
#include "server/base/files_in_force.h"
#include "server/core/revocation.h"
#include "server/rpc/caller_refusals.h"

namespace bursar {

/// A metric for each thing that operators set alerts on. Borrows the parts.
std::vector<std::shared_ptr<prometheus::Collectable>> ShownMetrics(
    const Revocation& revocation, const CallerRefusals& refusals,
    const FilesInForce& files);

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_SHOWN_METRICS_H_

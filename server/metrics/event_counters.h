// Counts events for Prometheus, so that an alert can be set on what the record
// says one by one. Thread-safe.

#ifndef BURSAR_SERVER_METRICS_EVENT_COUNTERS_H_
#define BURSAR_SERVER_METRICS_EVENT_COUNTERS_H_

#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/registry.h"
#include "server/core/observed_journal.h"

namespace bursar {

class EventCounters final : public EventObserver {
 public:
  /// Counts in `registry`, which must outlive this object, as
  /// bursar_events_total{kind, client, outcome}: no label is as many as users
  /// or grants are.
  explicit EventCounters(prometheus::Registry& registry);

  void Happened(const Event& event) override;

 private:
  prometheus::Family<prometheus::Counter>& events_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_METRICS_EVENT_COUNTERS_H_

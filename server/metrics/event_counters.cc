#include "server/metrics/event_counters.h"

#include <string>

#include "server/core/event.h"

namespace bursar {
namespace {

// How much of what is a text of its own for each, and so is which key was made
// or ended; the others are few.
std::string OutcomeLabel(const Event& event) {
  if (event.kind == event::kLimitNear) return "near";
  if (event.kind == event::kApiKeyCreated ||
      event.kind == event::kApiKeyRevoked ||
      event.kind == event::kTokensDelivered ||
      event.kind == event::kEventsRemoved) {
    return "ok";
  }
  return event.outcome;
}

}  // namespace

EventCounters::EventCounters(prometheus::Registry& registry)
    : events_(prometheus::BuildCounter()
                  .Name("bursar_events_total")
                  .Help("What happened, by kind as in ListEvents, client, and "
                        "outcome.")
                  .Register(registry)) {}

void EventCounters::Happened(const Event& event) {
  events_
      .Add({{"kind", event.kind},
            {"client", event.client.value()},
            {"outcome", OutcomeLabel(event)}})
      .Increment();
}

}  // namespace bursar

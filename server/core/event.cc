#include "server/core/event.h"

#include "server/core/reason.h"

namespace bursar::event {

std::string OutcomeOf(const absl::Status& status) {
  if (status.ok()) return "ok";
  const auto refusal = RefusalOf(status);
  if (!refusal) return "INTERNAL";
  const auto why = refusal->metadata.find("why");
  return why != refusal->metadata.end()
             ? why->second
             : std::string(ReasonName(refusal->reason));
}

Event About(const Grant& grant, absl::string_view kind, const Actor& actor,
            absl::Time now, const absl::Status& status) {
  Event event = About(grant.user, grant.client, kind, actor, now, status);
  event.grant = grant.id;
  event.generation = grant.generation;
  return event;
}

Event About(const UserId& user, const ClientName& client,
            absl::string_view kind, const Actor& actor, absl::Time now,
            const absl::Status& status) {
  Event event;
  event.time = now;
  event.kind = std::string(kind);
  event.actor = actor;
  event.user = user;
  event.client = client;
  event.outcome = OutcomeOf(status);
  return event;
}

Actor Server() { return Actor("bursard"); }

}  // namespace bursar::event

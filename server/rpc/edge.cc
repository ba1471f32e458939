#include "server/rpc/edge.h"

#include "server/core/reason.h"

namespace bursar {

absl::StatusOr<Call> Edge::Admit(const IncomingCall& incoming,
                                 Authenticator::Verdict caller, absl::Time now,
                                 google::protobuf::Message& request) const {
  if (in_flight_.draining()) {
    return ToStatus({Reason::kShuttingDown,
                     "this server is going down: ask another, or again",
                     absl::ZeroDuration(),
                     {},
                     {}});
  }
  if (!caller.ok()) return caller.status();
  // Policy needs to see what is asked for; how badly it is written comes after.
  const absl::Status readable = ReadMessage(*incoming.request, request);
  absl::Status allowed = policy_.Check(*caller, incoming.method, request);
  if (!allowed.ok()) return allowed;
  if (!readable.ok()) return readable;
  return Call{*std::move(caller), now};
}

}  // namespace bursar

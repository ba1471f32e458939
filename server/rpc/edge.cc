#include "server/rpc/edge.h"

#include "server/core/reason.h"

namespace bursar {
namespace {

// A server that is full has room again when a few calls have ended.
constexpr absl::Duration kOverloadPatience = absl::Seconds(1);

}  // namespace

absl::Status Edge::Overloaded() {
  return ToStatus({Reason::kServerOverloaded,
                   "this server answers as many calls as it can: ask again",
                   kOverloadPatience,
                   {},
                   {}});
}

void Edge::JudgeAgain(grpc::ServerContextBase& context, const Actor& actor,
                      absl::AnyInvocable<void(absl::Status)> done) {
  const absl::Time now = clock_.Now();
  auto compare = [actor, done = std::move(done)](
                     const Authenticator::Verdict& verdict) mutable {
    if (!verdict.ok()) return done(verdict.status());
    done(*verdict == actor ? absl::OkStatus() : CredentialsInvalid());
  };
  if (const auto known = authenticator_.AtHand(context, now)) {
    return compare(*known);
  }
  authenticator_.Find(context, now, std::move(compare));
}

Edge::Admission Edge::Admit(const IncomingCall& incoming,
                            Authenticator::Verdict caller, absl::Time now,
                            google::protobuf::Message& request) const {
  Admission admission;
  Gate::Opened& opened = admission.opened;
  if (in_flight_.draining()) {
    opened.status =
        ToStatus({Reason::kShuttingDown,
                  "this server is going down: ask another, or again",
                  absl::ZeroDuration(),
                  {},
                  {}});
    return admission;
  }
  if (!caller.ok()) {
    opened.status = caller.status();
    return admission;
  }
  // Policy needs to see what is asked for; how badly it is written comes after.
  const absl::Status readable = ReadMessage(*incoming.request, request);
  opened = gate_.Open(*caller, incoming.method, request, now);
  // What cannot be read names nothing that has an owner.
  if (opened.status.ok() && !readable.ok()) {
    opened.status = opened.owner ? PermissionDenied() : readable;
  }
  admission.call = {*std::move(caller), now, opened.is_bound};
  return admission;
}

}  // namespace bursar

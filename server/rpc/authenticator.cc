#include "server/rpc/authenticator.h"

#include "server/rpc/door.h"

namespace bursar {

std::optional<Authenticator::Verdict> TransportAuthenticator::AtHand(
    grpc::ServerContextBase& context, absl::Time now) {
  absl::StatusOr<std::optional<Actor>> caller = TransportCaller(context, now);
  if (!caller.ok()) {
    return refusals_.Refuse(context.peer(), ShownCredential::kCertificate,
                            caller.status().message(), now);
  }
  if (!*caller) {
    return refusals_.Refuse(context.peer(), ShownCredential::kNone,
                            "it shows no credential", now);
  }
  return **std::move(caller);
}

void TransportAuthenticator::Find(grpc::ServerContextBase& context,
                                  absl::Time now, Done done) {
  done(*AtHand(context, now));
}

}  // namespace bursar

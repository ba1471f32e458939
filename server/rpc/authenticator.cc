#include "server/rpc/authenticator.h"

#include "server/base/log.h"
#include "server/core/reason.h"
#include "server/rpc/door.h"

namespace bursar {

absl::Status CredentialsInvalid() {
  return ToStatus({Reason::kCredentialsInvalid,
                   "who calls is not known: no credential, or not a good one",
                   {},
                   {},
                   {}});
}

absl::Status RefuseCaller(const grpc::ServerContextBase& context,
                          absl::string_view why) {
  log::Info("caller.refused", {{"peer", context.peer()}, {"why", why}});
  return CredentialsInvalid();
}

std::optional<Authenticator::Verdict> TransportAuthenticator::AtHand(
    const grpc::ServerContextBase& context, absl::Time now) {
  absl::StatusOr<std::optional<Actor>> caller = TransportCaller(context, now);
  if (!caller.ok()) return RefuseCaller(context, caller.status().message());
  if (!*caller) return RefuseCaller(context, "it shows no credential");
  return **std::move(caller);
}

void TransportAuthenticator::Find(const grpc::ServerContextBase& context,
                                  absl::Time now, Done done) {
  done(*AtHand(context, now));
}

}  // namespace bursar

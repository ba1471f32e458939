#include "server/rpc/authenticator.h"

#include "server/core/reason.h"
#include "server/rpc/caller.h"

namespace bursar {

absl::Status CredentialsInvalid() {
  return ToStatus({Reason::kCredentialsInvalid,
                   "who calls is not known: no credential, or not a good one",
                   {},
                   {},
                   {}});
}

std::optional<Authenticator::Verdict> TransportAuthenticator::AtHand(
    const grpc::ServerContextBase& context, absl::Time) {
  return Authenticate(context);
}

void TransportAuthenticator::Find(const grpc::ServerContextBase& context,
                                  absl::Time, Done done) {
  done(Authenticate(context));
}

}  // namespace bursar

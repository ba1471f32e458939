// Goes by the bearer credential that a caller shows, if there is one, and else
// by what the transport vouches for. Borrows what judges bearer credentials,
// and who is told of refusals. Thread-safe.

#ifndef BURSAR_SERVER_RPC_BEARER_AUTHENTICATOR_H_
#define BURSAR_SERVER_RPC_BEARER_AUTHENTICATOR_H_

#include <optional>

#include "server/identity/bearer_tokens.h"
#include "server/rpc/authenticator.h"

namespace bursar {

class BearerAuthenticator final : public Authenticator {
 public:
  BearerAuthenticator(BearerTokens& tokens, CallerRefusals& refusals)
      : tokens_(tokens), refusals_(refusals), transport_(refusals) {}

  /// A certificate that is shown beside a credential must be good as well.
  std::optional<Verdict> AtHand(grpc::ServerContextBase& context,
                                absl::Time now) override;
  void Find(grpc::ServerContextBase& context, absl::Time now,
            Done done) override;

 private:
  BearerTokens& tokens_;
  CallerRefusals& refusals_;
  TransportAuthenticator transport_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_BEARER_AUTHENTICATOR_H_

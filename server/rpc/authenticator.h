// Port: who is calling. Asked about every call before anything else, so that
// whoever is not known learns nothing. Thread-safe.

#ifndef BURSAR_SERVER_RPC_AUTHENTICATOR_H_
#define BURSAR_SERVER_RPC_AUTHENTICATOR_H_

#include <optional>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "server/core/types.h"
#include "server/rpc/caller_refusals.h"

namespace bursar {

class Authenticator {
 public:
  /// Who calls, or CredentialsInvalid().
  using Verdict = absl::StatusOr<Actor>;
  /// Told once, on the caller's stack or a thread that must not be kept
  /// waiting.
  using Done = absl::AnyInvocable<void(Verdict)>;

  virtual ~Authenticator() = default;

  /// The verdict on the caller of `context` if it is at hand. Nothing: it has
  /// to be asked for elsewhere, with Find.
  virtual std::optional<Verdict> AtHand(grpc::ServerContextBase& context,
                                        absl::Time now) = 0;

  /// Finds the verdict out. `context` lives until `done` is told.
  virtual void Find(grpc::ServerContextBase& context, absl::Time now,
                    Done done) = 0;
};

/// Goes by what the transport vouches for alone, which is always at hand.
/// Borrows who is told of refusals.
class TransportAuthenticator final : public Authenticator {
 public:
  explicit TransportAuthenticator(CallerRefusals& refusals)
      : refusals_(refusals) {}

  std::optional<Verdict> AtHand(grpc::ServerContextBase& context,
                                absl::Time now) override;
  void Find(grpc::ServerContextBase& context, absl::Time now,
            Done done) override;

 private:
  CallerRefusals& refusals_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_AUTHENTICATOR_H_

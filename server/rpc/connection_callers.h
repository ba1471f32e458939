// Whose connection it is, so that a call costs no look at the certificate that
// its connection was opened with. Thread-safe.

#ifndef BURSAR_SERVER_RPC_CONNECTION_CALLERS_H_
#define BURSAR_SERVER_RPC_CONNECTION_CALLERS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "grpc/grpc_security.h"
#include "server/core/types.h"
#include "server/identity/certificate_judge.h"

namespace bursar {

struct ReleaseHandshake {
  void operator()(grpc_auth_context* handshake) const {
    grpc_auth_context_release(handshake);
  }
};
/// What a connection's handshake found out: the same object at each of its
/// calls, and no other connection's while it is held.
using Handshake = std::unique_ptr<grpc_auth_context, ReleaseHandshake>;

class ConnectionCallers {
 public:
  /// Whose it is, if that was noted and stands at `now` by the trust of this
  /// number.
  std::optional<Actor> Find(const Handshake& handshake, absl::Time now,
                            int64_t trust_number) const;

  /// Only of a caller who was found good.
  void Note(Handshake handshake, CertificateJudge::Verdict verdict);

 private:
  struct Known {
    // Held, so that the pointer stays this connection's.
    Handshake handshake;
    CertificateJudge::Verdict verdict;
  };

  mutable std::shared_mutex mutex_;
  // Guarded by mutex_.
  absl::flat_hash_map<const grpc_auth_context*, Known> known_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CONNECTION_CALLERS_H_

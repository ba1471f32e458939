// What a caller who is known may do: asks the policy in force about each call,
// before any field is judged, and keeps each caller within its limits.
// Thread-safe. Dependencies are borrowed and must outlive it.

#ifndef BURSAR_SERVER_RPC_GATE_H_
#define BURSAR_SERVER_RPC_GATE_H_

#include <optional>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "server/core/caller_limits.h"
#include "server/core/journal.h"
#include "server/core/own_users.h"
#include "server/core/policy_in_force.h"
#include "server/rpc/permissions.h"

namespace bursar {

class Gate {
 public:
  /// A call that needs its owner judged: that of what it names.
  struct OwnerQuestion {
    const RpcMethod* rpc;
    NamedThing named;
  };

  struct Opened {
    /// OK: the call may go on, but for `owner`.
    absl::Status status;
    CallerLimits::Pass pass = {};
    /// The caller may have tokens of certain scopes alone.
    bool is_bound = false;
    /// Set: JudgeOwner says whether it may.
    std::optional<OwnerQuestion> owner = {};
  };

  using Done = absl::AnyInvocable<void(absl::Status)>;

  Gate(const PolicyInForce& policy, const OwnUsers& own_users,
       CallerLimits& limits, Journal& journal)
      : policy_(policy),
        own_users_(own_users),
        limits_(limits),
        journal_(journal) {}

  /// Whether `actor` may make the call. `method` is "Service.Method"; `request`
  /// is what was read of it, not validated, perhaps not whole. Refuses with
  /// PermissionDenied() or kCallerThrottled.
  Opened Open(const Actor& actor, absl::string_view method,
              const google::protobuf::Message& request, absl::Time now) const;

  /// Looks up whose the thing is, and judges the call by that. `done` gets OK,
  /// PermissionDenied(), which is also the answer where there is no such thing,
  /// or kLedgerUnavailable; on a thread of the journal's.
  void JudgeOwner(const Actor& actor, const OwnerQuestion& question,
                  Done done) const;

 private:
  const PolicyInForce& policy_;
  const OwnUsers& own_users_;
  CallerLimits& limits_;
  Journal& journal_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_GATE_H_

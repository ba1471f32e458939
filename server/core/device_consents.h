// Consents that users give at another device (RFC 8628): for clients that have
// no browser to send their users with. The ledger keeps them; this polls the
// provider for each until its user answers, over restarts too. Thread-safe.
// Dependencies are borrowed and must outlive this object, the executor's tasks
// included.

#ifndef BURSAR_SERVER_CORE_DEVICE_CONSENTS_H_
#define BURSAR_SERVER_CORE_DEVICE_CONSENTS_H_

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/random.h"
#include "server/core/grant_maker.h"
#include "server/core/journal.h"
#include "server/core/own_users.h"
#include "server/core/provider.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "server/core/upstream.h"
#include "server/core/wake_up.h"

namespace bursar {

class DeviceConsents {
 public:
  struct BeginRequest {
    UserId user;
    ClientName client;
    /// Empty: the client's default scopes.
    Scopes scopes;
    Actor actor;
    /// Absent: the provider's.
    std::optional<AtCap> on_cap = {};
  };

  /// What the user is to be shown.
  struct Begun {
    DeviceConsentId id;
    Secret user_code;
    std::string verification_uri;
    /// Empty where the provider gives none.
    Secret verification_uri_complete;
    absl::Time expiry;
    /// The grants that the provider will end if the user consents.
    std::vector<GrantId> evicts;
  };

  using BegunDone = absl::AnyInvocable<void(absl::StatusOr<Begun>)>;

  DeviceConsents(Journal& journal, Upstream& upstream,
                 const Providers& providers, Revocation& revocation,
                 TokenCache& cache, OwnUsers& own_users, Executor& executor,
                 const Clock& clock, Random& random);

  /// Asks the provider for a code, and for the user's answer from then on.
  /// Refuses with kResourceNotFound, kFieldInvalid (no scopes; a provider
  /// without a device flow), kProviderLimitReached, kClientMisconfigured, or
  /// what kept the provider from answering.
  void Begin(BeginRequest request, absl::Time now, BegunDone done);

  /// Polls for every consent whose time has come, and sees to the later ones:
  /// due times are the clock's, looked at once a second while any consent
  /// waits. Call it at start.
  void Pump();

 private:
  /// The longest that a change of the clock goes unseen.
  static constexpr absl::Duration kLook = absl::Seconds(1);

  struct Opening;
  struct Poll;
  using PollPtr = std::shared_ptr<Poll>;

  absl::Status Prepare(Opening& opening, Ledger& ledger) const;
  void Open(const std::shared_ptr<Opening>& opening,
            DeviceAuthorization device);

  // In device_consent_polls.cc: from a poll's beginning to its end.
  void Start(PendingDeviceConsent pending);
  absl::Status Claim(Poll& poll, Ledger& ledger) const;
  void Send(const PollPtr& poll);
  void Settle(const PollPtr& poll, DevicePollResult result);
  void Redeemed(const PollPtr& poll, RedeemResult result);
  void AskAgain(const PollPtr& poll, absl::Duration pause);
  void End(const DeviceConsentId& id, DeviceConsentEnd end,
           std::optional<Event> event);
  void Land(const DeviceConsentId& id);

  Journal& journal_;
  Upstream& upstream_;
  const Providers& providers_;
  const Clock& clock_;
  WakeUp next_pump_;
  Random& random_;
  GrantMaker maker_;

  std::mutex mutex_;
  // Guarded by mutex_: those that are being polled for just now.
  absl::flat_hash_set<DeviceConsentId> polling_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_DEVICE_CONSENTS_H_

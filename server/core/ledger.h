// Port: what the broker remembers, as roles. A Ledger lives inside one
// transaction of a Journal (journal.h), on the journal's thread: everything
// done through it becomes durable together or not at all. Not thread-safe;
// never kept beyond the transaction.
//
// Secrets go in and out as Secrets; an implementation seals them (sealer.h).
// Unless a method says otherwise it returns only what storage itself may fail
// with: UNAVAILABLE (cannot be read or written now) or DATA_LOSS / NOT_FOUND of
// a Sealer, as a Refusal with kLedgerUnavailable or kKeyUnavailable.

#ifndef BURSAR_SERVER_CORE_LEDGER_H_
#define BURSAR_SERVER_CORE_LEDGER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/api_key_store.h"
#include "server/core/audit_store.h"
#include "server/core/begun_grant_store.h"
#include "server/core/delivery_store.h"
#include "server/core/ledger_types.h"
#include "server/core/limit.h"
#include "server/core/resealing_store.h"
#include "server/core/types.h"
#include "server/core/upstream.h"

namespace bursar {

/// OAuth clients. A deleted client is invisible here, and its name free again.
class ClientStore {
 public:
  virtual ~ClientStore() = default;

  /// Must return ALREADY_EXISTS if the name is taken. Sets revision 1.
  virtual absl::StatusOr<Client> Create(const Client& client,
                                        const std::optional<Secret>& secret,
                                        absl::Time now) = 0;

  /// Must return NOT_FOUND if there is no such client.
  virtual absl::StatusOr<Client> Get(const ClientName& name) = 0;

  /// By name.
  virtual absl::StatusOr<Page<Client>> List(const ClientFilter& filter,
                                            const PageRequest& page) = 0;

  /// Replaces the settable fields, raises the revision, forgets every
  /// misconfiguration. Must return NOT_FOUND if there is no such client,
  /// ABORTED if `client.revision` is neither 0 nor current.
  virtual absl::StatusOr<Client> Update(const Client& client,
                                        absl::Time now) = 0;

  /// Forgets the client's consents that wait, here or at devices. Must return
  /// NOT_FOUND if there is no such client, FAILED_PRECONDITION if it has active
  /// grants.
  virtual absl::Status Delete(const ClientName& name, absl::Time now) = 0;
};

/// What a client presents itself with: at each data centre its own secret, or
/// else the one that all without their own share. Changes raise the client's
/// revision, and forget its misconfigurations where they change what it
/// presents. All must return NOT_FOUND if there is no such client.
class ClientSecretStore {
 public:
  virtual ~ClientSecretStore() = default;

  /// The secret that serves at the data centre, or nothing if none does.
  virtual absl::StatusOr<std::optional<Secret>> Get(
      const ClientName& name, const DataCenter& data_center) = 0;

  /// Sets the data centre's own secret; the shared one if `data_center` is
  /// empty.
  virtual absl::StatusOr<Client> Replace(const ClientName& name,
                                         const DataCenter& data_center,
                                         const Secret& secret,
                                         absl::Time now) = 0;

  /// Takes the data centre's own secret away: the shared one serves there
  /// again. Must return NOT_FOUND if it has none.
  virtual absl::StatusOr<Client> Remove(const ClientName& name,
                                        const DataCenter& data_center,
                                        absl::Time now) = 0;

  /// Notes that the provider rejects `revision` of the client at the data
  /// centre; does nothing if that is no longer the current one, or the client
  /// is gone.
  virtual absl::Status MarkMisconfigured(const ClientName& name,
                                         const DataCenter& data_center,
                                         int64_t revision,
                                         const std::string& detail,
                                         absl::Time now) = 0;
};

/// Grants and the tokens they have.
class GrantStore {
 public:
  virtual ~GrantStore() = default;

  /// Adds an active grant with its first refresh token, if it has one, and
  /// generation 1 if it has an access token. Must return ALREADY_EXISTS if any
  /// grant holds that refresh token or held it as one of its last hundred,
  /// NOT_FOUND if there is no such client.
  virtual absl::Status Add(const NewGrant& grant, absl::Time now) = 0;

  /// Must return NOT_FOUND if there is no such grant.
  virtual absl::StatusOr<Grant> Get(const GrantId& id) = 0;

  /// Newest first.
  virtual absl::StatusOr<Page<Grant>> List(const GrantFilter& filter,
                                           const PageRequest& page) = 0;

  /// The grant's access tokens, newest first: of each set of scopes that was
  /// asked for, the newest generation. Must return NOT_FOUND if there is no
  /// such grant.
  virtual absl::StatusOr<std::vector<KeptToken>> Tokens(const GrantId& id) = 0;

  /// Which grant an access or refresh token belongs or belonged to. Must return
  /// NOT_FOUND if it is not known.
  virtual absl::StatusOr<TokenOwner> OwnerOf(const Secret& token) = 0;
};

/// The steps of a refresh. Between Begin and its end the ledger holds a note
/// that survives a crash.
class RefreshStore {
 public:
  virtual ~RefreshStore() = default;

  /// Notes that what renews the grant is about to be sent. Must return
  /// NOT_FOUND if there is no such grant, FAILED_PRECONDITION if it is not
  /// active or nothing renews it, ABORTED if its generation is not
  /// `generation`. The lease says whether an earlier note never came to a known
  /// end.
  virtual absl::StatusOr<RefreshLease> Begin(const GrantId& grant,
                                             int64_t generation,
                                             absl::Time now) = 0;

  /// Ends the note: counts the use, and puts a rotated refresh token in the old
  /// one's place, where the grant has one. Without `pause`, stores the access
  /// token as the next generation, in the place of the one for the same scopes,
  /// and clears failures and pause; with one (an answer whose token had expired
  /// already), keeps the generation with the token that may still live, counts
  /// a failure and sets the pause. Returns the generation. Must return
  /// FAILED_PRECONDITION if the grant is no longer active: a refresh token that
  /// came with the answer is then kept only to be revoked at the provider
  /// (which the work must return OK for, or it is undone). Must return ABORTED,
  /// storing nothing, if the grant's generation has moved.
  virtual absl::StatusOr<int64_t> Commit(
      const RefreshLease& lease, const Granted& granted,
      const std::optional<Grant::Pause>& pause, absl::Time now) = 0;

  /// Ends the note without a token, as `failure` says. A grant that is no
  /// longer active stays as it is.
  virtual absl::Status Fail(const RefreshLease& lease,
                            const RefreshFailure& failure, absl::Time now) = 0;

  /// Up to `limit` active grants of the provider whose refresh token was sent
  /// without a known end: the outcome is unknown, or the process is gone. Only
  /// those where the first such began after `since`; the soonest to be asked
  /// again first, going by their pauses.
  virtual absl::StatusOr<std::vector<Grant>> Unanswered(
      const ProviderName& provider, absl::Time since, int limit) = 0;
};

/// How grants end, other than by a dead refresh token.
class EndingStore {
 public:
  virtual ~EndingStore() = default;

  /// Revokes every grant that `target` selects and that is active or needs
  /// consent, marks living refresh tokens revoked with their revocation at the
  /// provider pending, forgets access tokens. Returns the ended grants as they
  /// are now.
  virtual absl::StatusOr<std::vector<Grant>> Revoke(
      const RevocationTarget& target, absl::Time now) = 0;

  /// Ends an active grant in favour of `by`; its refresh token is revoked at
  /// the provider if `revoke_upstream`.
  virtual absl::Status Supersede(const GrantId& grant, const GrantId& by,
                                 bool revoke_upstream, absl::Time now) = 0;

  /// Ends an active grant that nothing renews: it needs consent from now on,
  /// for `reason`, and its access token is forgotten. Must return NOT_FOUND if
  /// there is no such grant, FAILED_PRECONDITION if it is not active, or
  /// something renews it.
  virtual absl::Status Expire(const GrantId& grant, DeadReason reason,
                              absl::Time now) = 0;

  /// Notes that the provider has probably ended an active grant's refresh
  /// token, and forgets its access tokens: the provider's next answer tells.
  /// Must return NOT_FOUND if there is no such grant, FAILED_PRECONDITION if it
  /// is not active.
  virtual absl::Status PresumeEvicted(const GrantId& grant, absl::Time now) = 0;
};

/// The outbox of revocations that the provider has not confirmed yet.
class RevocationStore {
 public:
  virtual ~RevocationStore() = default;

  /// Up to `limit` pending ones whose time has come, oldest first.
  virtual absl::StatusOr<std::vector<PendingRevocation>> Due(absl::Time now,
                                                             int limit) = 0;

  /// When the next one is due, or nothing if none is pending.
  virtual absl::StatusOr<std::optional<absl::Time>> NextDue() = 0;

  /// Ends one, with any state but kNone and kPending.
  virtual absl::Status Settle(int64_t refresh_token_number,
                              RevocationState state, absl::Time now) = 0;

  /// Puts one off until `retry_at`.
  virtual absl::Status Postpone(int64_t refresh_token_number,
                                absl::Time retry_at) = 0;

  /// All pending ones, whenever they are due, oldest first.
  virtual absl::StatusOr<Page<RevocationProgress>> List(
      const RevocationFilter& filter, const PageRequest& page) = 0;

  /// Makes those due that are not; how many.
  virtual absl::StatusOr<int64_t> Hasten(const RevocationFilter& filter,
                                         absl::Time now) = 0;

  virtual absl::StatusOr<int64_t> CountPending() = 0;
};

/// Consents that wait for their user.
class ConsentStore {
 public:
  virtual ~ConsentStore() = default;

  /// Must return NOT_FOUND if there is no such client.
  virtual absl::Status Put(const PendingConsent& consent, absl::Time now) = 0;

  /// Takes the consent of that state, once: a second time it is kUsed. Must
  /// return NOT_FOUND if the state was never given out or is long gone.
  virtual absl::StatusOr<TakenConsent> Take(const Secret& state,
                                            absl::Time now) = 0;
};

/// Consents that are asked for from devices.
class DeviceConsentStore {
 public:
  virtual ~DeviceConsentStore() = default;

  /// Must return NOT_FOUND if there is no such client. Forgets those that ended
  /// more than a day ago.
  virtual absl::Status Put(const PendingDeviceConsent& consent,
                           absl::Time now) = 0;

  /// Must return NOT_FOUND if there is no such consent.
  virtual absl::StatusOr<DeviceConsent> Get(const DeviceConsentId& id) = 0;

  /// Up to `limit` pending ones, the soonest to be polled first.
  virtual absl::StatusOr<std::vector<PendingDeviceConsent>> Pending(
      int limit) = 0;

  /// Sets data centre, interval and next poll of one that is pending and whose
  /// next poll is still at `was`, and does nothing to any other. Must return
  /// whether it did.
  virtual absl::StatusOr<bool> Reschedule(const PendingDeviceConsent& consent,
                                          absl::Time was) = 0;

  /// Ends a pending one and forgets its device code; does nothing to any other.
  /// Must return whether it did.
  virtual absl::StatusOr<bool> End(const DeviceConsentId& id,
                                   const DeviceConsentEnd& end,
                                   absl::Time now) = 0;
};

/// The append-only record.
class EventStore {
 public:
  virtual ~EventStore() = default;

  /// The id is given by the ledger, without gaps.
  virtual absl::Status Append(const Event& event) = 0;

  virtual absl::StatusOr<Page<Event>> List(const EventFilter& filter,
                                           const PageRequest& page) = 0;
};

/// What is counted against the provider's caps.
class UsageStore {
 public:
  virtual ~UsageStore() = default;

  virtual absl::StatusOr<Page<Usage>> List(const UsageFilter& filter,
                                           const PageRequest& page) = 0;

  /// A grant's refresh tokens, the last hundred and those that still count,
  /// oldest first. Must return NOT_FOUND if there is no such grant.
  virtual absl::StatusOr<Page<RefreshTokenRecord>> RefreshTokens(
      const GrantId& grant, const PageRequest& page) = 0;
};

/// What providers count (limit.h), so that a limit is known here first.
class LimitStore {
 public:
  virtual ~LimitStore() = default;

  /// How much of `limit` the subject has used up. Must return NOT_FOUND if
  /// it names a client or a grant that there is not.
  virtual absl::StatusOr<LimitCount> Count(const Limit& limit,
                                           const LimitSubject& subject,
                                           absl::Time now) = 0;

  /// Notes one that the provider is about to be asked for: a code, or a token
  /// that a consent or a redemption brings. It counts for `remembered`, more
  /// than zero.
  virtual absl::Status Note(Counted counted, const LimitSubject& subject,
                            absl::Duration remembered, absl::Time now) = 0;

  /// The access token noted last came only now: it counts from now on.
  virtual absl::Status Settle(const GrantId& grant, absl::Time now) = 0;

  /// The access token noted last never came to be.
  virtual absl::Status TakeBack(const GrantId& grant) = 0;

  /// The grant whose refresh token the provider ends when one more passes
  /// `cap`; nothing if that token is of no use any more here.
  virtual absl::StatusOr<std::optional<GrantId>> NextEvicted(
      const Limit& cap, const LimitSubject& subject) = 0;
};

/// All roles over one transaction.
class Ledger {
 public:
  virtual ~Ledger() = default;

  virtual ClientStore& clients() = 0;
  virtual ClientSecretStore& client_secrets() = 0;
  virtual GrantStore& grants() = 0;
  virtual RefreshStore& refreshes() = 0;
  virtual EndingStore& endings() = 0;
  virtual RevocationStore& revocations() = 0;
  virtual ConsentStore& consents() = 0;
  virtual DeviceConsentStore& device_consents() = 0;
  virtual EventStore& events() = 0;
  virtual UsageStore& usage() = 0;
  virtual LimitStore& limits() = 0;
  virtual ResealingStore& resealing() = 0;
  virtual ApiKeyStore& api_keys() = 0;
  virtual BegunGrantStore& begun_grants() = 0;
  virtual AuditStore& audit() = 0;
  virtual DeliveryStore& deliveries() = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_LEDGER_H_

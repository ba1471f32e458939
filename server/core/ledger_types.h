// What goes into and comes out of a Ledger, beside the nouns of types.h. Plain
// data, no locking.

#ifndef BURSAR_SERVER_CORE_LEDGER_TYPES_H_
#define BURSAR_SERVER_CORE_LEDGER_TYPES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/base/secret.h"
#include "server/core/types.h"

namespace bursar {

/// One page of a listing.
struct PageRequest {
  int limit = 100;
  /// `next` of the page before; empty for the first. A cursor that the store
  /// did not make is INVALID_ARGUMENT.
  std::string after;
};

template <typename T>
struct Page {
  std::vector<T> items;
  /// Empty on the last page.
  std::string next;
};

struct ClientFilter {
  std::optional<ProviderName> provider;
};

struct GrantFilter {
  std::optional<UserId> user;
  std::optional<ClientName> client;
  std::optional<GrantState> state;
};

struct EventFilter {
  std::optional<GrantId> grant;
  std::optional<UserId> user;
  std::optional<ClientName> client;
  bool newest_first = false;
  /// Only those with a greater id.
  int64_t after = 0;
};

enum class UsageGroup { kUserAndClient, kUser, kClient };

struct UsageFilter {
  UsageGroup group = UsageGroup::kUserAndClient;
  std::optional<UserId> user;
  std::optional<ClientName> client;
};

/// One row of counts. `user` is empty in kClient, `client` in kUser, where a
/// user has a row for each provider.
struct Usage {
  UserId user;
  ClientName client;
  ProviderName provider;
  int64_t living_refresh_tokens = 0;
  int64_t refresh_tokens_ever = 0;
  int64_t rotations = 0;
  int64_t redemptions = 0;
  int64_t active_grants = 0;
};

/// Whose are counted against a limit: whichever of these it counts per.
struct LimitSubject {
  ProviderName provider;
  UserId user;
  /// Empty where nothing is counted per client.
  ClientName client;
  /// Empty where nothing is counted per refresh token.
  GrantId grant;
};

/// How much of a limit is used up.
struct LimitCount {
  int64_t used = 0;
  /// Set: one more would pass it until then; InfiniteFuture where only an end
  /// of what lives makes room.
  std::optional<absl::Time> full_until;
};

/// A grant that has come to be.
struct NewGrant {
  GrantId id;
  UserId user;
  ClientName client;
  DataCenter data_center;
  Scopes scopes;
  GrantRenewal renewal = GrantRenewal::kRefreshToken;
  std::string organization;
  /// Set exactly where it renews the grant.
  std::optional<Secret> refresh_token;
  std::optional<AccessToken> access_token;
  /// Who began the consent that it came of; empty: not known.
  Actor begun_by;
};

/// That a grant of the user to the client came of a consent that `actor` began.
struct BegunGrant {
  Actor actor;
  UserId user;
  ClientName client;
};

/// Whose a token is.
struct TokenOwner {
  GrantId grant;
  UserId user;
  ClientName client;
  /// Of an access token: its generation; of a refresh token: the generation
  /// that brought it.
  int64_t generation = 0;
  bool is_access_token = false;
};

/// An access token that the ledger keeps, expired or not.
struct KeptToken {
  int64_t generation = 0;
  AccessToken token;
};

/// The right to send what renews a grant once.
struct RefreshLease {
  Grant grant;
  Client client;
  std::optional<Secret> client_secret;
  /// Absent where client credentials renew the grant.
  std::optional<Secret> refresh_token;
  /// The scopes that the access token is asked for; empty: all of the grant's.
  Scopes asked;
  /// An earlier attempt with this refresh token never came to a known end.
  bool outcome_unknown_before = false;
};

/// How a refresh failed.
struct RefreshFailure {
  /// Set: the grant is dead from now on.
  std::optional<DeadReason> dead;
  /// Set: no call before then, and why. Counts a failure.
  std::optional<Grant::Pause> pause;
  /// The refresh token may have been rotated in an answer that was lost.
  bool outcome_unknown = false;
};

/// Which grants to revoke. A pair selects one user's grants to one client.
using RevocationTarget =
    std::variant<GrantId, std::pair<UserId, ClientName>, UserId, ClientName>;

/// A refresh token that the provider must still be told to forget.
struct PendingRevocation {
  /// The ledger's own number for the refresh token.
  int64_t refresh_token_number = 0;
  GrantId grant;
  UserId user;
  Client client;
  DataCenter data_center;
  std::optional<Secret> client_secret;
  Secret refresh_token;
  /// How often it was tried before.
  int64_t attempts = 0;
  /// Set: the key that a secret of it is under is lost; no secret is here.
  absl::Status unreadable;
};

/// How far the revocation of an ended refresh token is.
struct RevocationProgress {
  GrantId grant;
  UserId user;
  ClientName client;
  ProviderName provider;
  DataCenter data_center;
  int64_t attempts = 0;
  /// When the refresh token ended here.
  absl::Time ended;
  absl::Time next_attempt;
};

struct RevocationFilter {
  std::optional<GrantId> grant;
  std::optional<ClientName> client;
};

/// A consent that waits for its user.
struct PendingConsent {
  Secret state;
  /// RFC 7636; empty where the provider takes no challenge.
  Secret verifier;
  UserId user;
  ClientName client;
  DataCenter data_center;
  Scopes scopes;
  /// As sent in the authorization request, to be sent again with the code.
  std::string redirect_uri;
  /// Who began it.
  Actor actor;
  absl::Time expiry;
};

struct TakenConsent {
  enum class Condition { kFresh, kUsed, kExpired };
  Condition condition = Condition::kFresh;
  /// `state` is empty: the taker has it.
  PendingConsent consent;
};

/// A device's consent that the provider is asked about.
struct PendingDeviceConsent {
  DeviceConsent consent;
  Secret device_code;
  /// The least time between two polls, in whole microseconds.
  absl::Duration interval;
  absl::Time next_poll;
  /// Set: the key that the device code is under is lost.
  absl::Status unreadable;
};

/// How a device's consent ended.
struct DeviceConsentEnd {
  /// Not kPending.
  DeviceConsentState state = DeviceConsentState::kFailed;
  /// As in DeviceConsent.
  std::optional<Reason> reason = std::nullopt;
  std::optional<GrantId> grant = std::nullopt;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_LEDGER_TYPES_H_

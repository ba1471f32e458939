// The nouns of the broker: plain data, no behaviour, no locking.

#ifndef BURSAR_SERVER_CORE_TYPES_H_
#define BURSAR_SERVER_CORE_TYPES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "server/base/secret.h"
#include "server/core/reason.h"
#include "server/core/scope.h"

namespace bursar {

/// An identifier that cannot be passed for one of another kind.
template <typename Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend bool operator==(const Id& a, const Id& b) = default;
  friend auto operator<=>(const Id& a, const Id& b) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Id& id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  std::string value_;
};

/// A caller's opaque name for a resource owner.
using UserId = Id<struct UserTag>;
/// The broker's name for an OAuth client; not the provider's client_id.
using ClientName = Id<struct ClientTag>;
/// A provider's name in the configuration.
using ProviderName = Id<struct ProviderTag>;
/// A provider's data centre, a key of Provider::data_centers.
using DataCenter = Id<struct DataCenterTag>;
/// One grant.
using GrantId = Id<struct GrantTag>;
/// One consent that was asked for from a device.
using DeviceConsentId = Id<struct DeviceConsentTag>;
/// Who caused something: a caller, "browser" or "bursard".
using Actor = Id<struct ActorTag>;

/// What an authorization request asks for (RFC 6749 section 3.1.1).
enum class ResponseType {
  kCode,
  kToken,  ///< The implicit flow: an access token, and nothing to renew it.
};

/// An OAuth client (RFC 6749 section 2). Its secret is kept apart.
struct Client {
  ClientName name;
  ProviderName provider;
  std::string client_id;
  DataCenter data_center;
  /// Empty: the broker's own callback.
  std::string redirect_uri;
  Scopes default_scopes;
  /// Never changes.
  ResponseType response_type = ResponseType::kCode;
  /// Whether there is a secret for wherever it has none of its own.
  bool has_secret = false;
  /// Where it has a secret of its own, by name.
  std::vector<DataCenter> secret_data_centers;
  /// Counts changes of settings or secret, from 1.
  int64_t revision = 0;
  absl::Time created;
  absl::Time updated;
  struct Misconfiguration {
    std::string error;
    absl::Time seen;
  };
  /// Where the provider rejects the client as it is now.
  std::map<DataCenter, Misconfiguration> misconfigured;
};

enum class GrantState { kActive, kConsentRequired, kRevoked, kSuperseded };

/// Why a grant is in kConsentRequired.
enum class DeadReason { kRefusedByProvider, kOutcomeLost, kEvicted, kExpired };

/// How a grant gets its next access token.
enum class GrantRenewal {
  kRefreshToken,
  kClientCredentials,  ///< By the client's own (RFC 6749 section 4.4).
  kNone,               ///< Not at all: it ends with the one that it has.
};

/// One user's consent to one client: what RFC 6749 calls the grant.
struct Grant {
  GrantId id;
  UserId user;
  ClientName client;
  ProviderName provider;
  DataCenter data_center;
  Scopes scopes;
  GrantRenewal renewal = GrantRenewal::kRefreshToken;
  /// That client credentials are asked for in the name of; empty: none.
  std::string organization;
  GrantState state = GrantState::kActive;
  /// Set exactly in kConsentRequired.
  std::optional<DeadReason> dead_reason;
  /// The newest access token's number; 0 before the first.
  int64_t generation = 0;
  std::optional<absl::Time> access_token_expiry;
  absl::Time created;
  absl::Time updated;
  /// How often in a row a refresh failed without killing the grant.
  int64_t failures = 0;
  /// The provider is left alone for a while after a failure.
  struct Pause {
    absl::Time until;
    Reason reason;
  };
  std::optional<Pause> pause;
  std::optional<GrantId> superseded_by;
  /// A newer consent passed the provider's cap: it has probably ended this
  /// active grant, and its next answer tells.
  bool presumed_evicted = false;
};

enum class DeviceConsentState {
  kPending,
  kGranted,
  kDeclined,
  kExpired,
  kFailed,
};

/// One consent that was asked for from a device (RFC 8628).
struct DeviceConsent {
  DeviceConsentId id;
  UserId user;
  ClientName client;
  DataCenter data_center;
  Scopes scopes;
  /// Who began it.
  Actor actor;
  DeviceConsentState state = DeviceConsentState::kPending;
  /// Set exactly in kFailed.
  std::optional<Reason> reason;
  /// Set exactly in kGranted.
  std::optional<GrantId> grant;
  absl::Time expiry;
};

enum class RefreshTokenState { kActive, kRotated, kRevoked, kEvicted, kDead };

/// How far a refresh token's revocation at the provider is.
enum class RevocationState {
  kNone,
  kPending,
  kConfirmed,
  kUnknownToProvider,
  kRefused,
};

/// One refresh token that a grant has or had; its value is not here.
struct RefreshTokenRecord {
  GrantId grant;
  /// The grant's generation that brought it.
  int64_t generation = 0;
  RefreshTokenState state = RefreshTokenState::kActive;
  RevocationState revocation = RevocationState::kNone;
  int64_t use_count = 0;
  absl::Time created;
  std::optional<absl::Time> last_used;
  std::optional<absl::Time> ended;
};

/// A token as callers get it (RFC 6749 section 5.1). Immutable once shared.
struct AccessToken {
  Secret value;
  std::string token_type;
  Scopes scopes;
  /// Empty where the provider names none.
  std::string api_domain;
  /// Counted from before the request was sent.
  absl::Time obtained;
  absl::Time expiry;
};

/// Something that happened, to be appended to the ledger.
struct Event {
  int64_t id = 0;  ///< Given by the ledger.
  absl::Time time;
  std::string kind;
  Actor actor;
  GrantId grant;
  UserId user;
  ClientName client;
  int64_t generation = 0;
  /// "ok", a reason's name, or for limit.near how much is used of what.
  std::string outcome;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_TYPES_H_

// A provider's descriptor: everything in which one OAuth provider differs from
// another, as data. Immutable once loaded; shared freely between threads.
// docs/providers.md documents each key of the YAML files it is read from.

#ifndef BURSAR_SERVER_CORE_PROVIDER_H_
#define BURSAR_SERVER_CORE_PROVIDER_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "server/core/limit.h"
#include "server/core/scope.h"
#include "server/core/types.h"

namespace bursar {

/// How a client proves itself (RFC 6749 section 2.3.1).
enum class ClientAuthentication {
  kBody,
  kQuery,
  kBasic,
  kNone,  ///< It does not even say who it is; revocations only.
};

/// Where parameters of a token call go.
enum class ParameterPlace { kBody, kQuery };

/// What an error code in an answer means, whatever the HTTP status.
enum class ErrorClass { kDead, kMisconfigured, kThrottled, kTransient };

/// One place where a provider keeps its users' data.
struct DataCenterEndpoints {
  /// The value of `location` in a redirect, where the provider sends one.
  std::string location;
  /// The authorization server's base URL, exactly as `accounts-server` names
  /// it.
  std::string accounts_server;
};

/// An endpoint: a path, to be appended to the data centre's accounts server, or
/// an absolute URL, for providers that have their endpoints apart.
using Endpoint = std::string;

/// Where a revocation names the token.
enum class TokenPlace {
  kBody,
  kQuery,
  kJson,    ///< A member of the JSON object that is the body.
  kPath,    ///< In the endpoint.
  kBearer,  ///< As the request's own credential (RFC 6750 section 2.1).
};

enum class RevocationMethod { kPost, kDelete };

/// How a revocation is asked for (RFC 7009, or what a provider has instead).
struct RevocationRule {
  /// "{token}" and "{client_id}" in it stand for theirs.
  Endpoint endpoint;
  TokenPlace token_place = TokenPlace::kBody;
  /// How the client proves itself; absent: as at the token endpoint.
  std::optional<ClientAuthentication> client_authentication = std::nullopt;
  /// The parameter that says that it is a refresh token; empty: none does.
  std::string type_parameter = "token_type_hint";
  RevocationMethod method = RevocationMethod::kPost;
  /// The parameter or member that holds the token.
  std::string token_parameter = "token";
  /// Whether the provider takes access tokens only. The refresh token is then
  /// redeemed for one first.
  bool by_access_token = false;
};

/// How a client asks for a token of its own (RFC 6749 section 4.4).
struct ClientCredentialsRule {
  /// The parameter that names an organization; empty: there is none.
  std::string organization_parameter = "";
};

/// What an error's name says about a device's consent (RFC 8628 section 3.5).
enum class DeviceError {
  kPending,
  kSlowDown,
  kDeclined,
  kExpired,
  kOtherDataCenter,  ///< The user's data is elsewhere: ask there.
};

/// How the consent of a user at another device is asked for (RFC 8628, whose
/// names these are unless a descriptor has others).
struct DeviceRule {
  Endpoint endpoint;
  /// Where a device code is redeemed; empty: the provider's token endpoint.
  Endpoint token_endpoint = "";
  /// Sent with the request for a device code.
  std::map<std::string, std::string> parameters = {};
  /// Whether that request proves who the client is, or only says so.
  bool authenticates = true;
  /// What a device code is redeemed with.
  std::string grant_type = "urn:ietf:params:oauth:grant-type:device_code";
  std::string code_parameter = "device_code";
  /// The field of an answer that says where the user enters their code.
  std::string verification_uri_field = "verification_uri";
  /// One unit of `expires_in`.
  absl::Duration expiry_unit = absl::Seconds(1);
  /// Between polls, where an answer has no `interval`.
  absl::Duration interval = absl::Seconds(5);
  /// The least that there is between polls once the provider asked for fewer.
  absl::Duration slow_interval = absl::ZeroDuration();
  /// Error names; RFC 8628's apply unless overridden.
  std::map<std::string, DeviceError> errors = {};
  /// The fields of an answer that may say, by a data centre's `location`, where
  /// the user's data is; the first that is there tells.
  std::vector<std::string> location_fields = {};
};

/// One error name and its class, with the class's detail for misconfigurations.
struct ErrorRule {
  ErrorClass error_class;
  /// For kMisconfigured, as in Misconfigured.
  std::string detail;
};

/// What is done about a consent that would pass a cap, and so cost the user an
/// older grant.
enum class AtCap {
  kWarn,    ///< It goes on; whoever began it is told which grant will end.
  kRefuse,  ///< It does not begin.
};

struct Provider {
  ProviderName name;

  /// Where authorization begins if a client names no data centre.
  DataCenter default_data_center;
  std::map<DataCenter, DataCenterEndpoints> data_centers;

  /// What the provider calls itself (RFC 8414 section 2); empty: not known. A
  /// redirect that names another is refused (RFC 9207 section 2.4).
  std::string issuer;
  /// Whether every redirect names it, as the metadata may say (RFC 9207 section
  /// 3): then one that does not is refused too.
  bool names_issuer = false;
  /// False while endpoints are awaited from the issuer's metadata (RFC 8414):
  /// until then nobody can be sent there, and nothing asked.
  bool discovered = true;
  Endpoint authorization_endpoint;
  Endpoint token_endpoint;
  /// Absent where the provider has no revocation.
  std::optional<RevocationRule> revocation;
  /// Absent where the provider has no device flow.
  std::optional<DeviceRule> device;
  /// Absent where the provider gives a client no token of its own.
  std::optional<ClientCredentialsRule> client_credentials;
  /// Whether a redirect may bring an access token (RFC 6749 section 4.2).
  bool implicit = false;

  ClientAuthentication client_authentication = ClientAuthentication::kBody;
  ParameterPlace token_parameters = ParameterPlace::kBody;
  ScopeGrammar scopes;

  /// Parameters added to every request for a code, such as
  /// access_type=offline.
  std::map<std::string, std::string> authorize_parameters;
  /// Whether S256 is sent and its verifier expected (RFC 7636).
  bool pkce = true;
  /// Whether a refresh may replace the refresh token. Where it never does, a
  /// lost answer loses nothing.
  bool may_rotate = true;
  /// How long a refresh token that was replaced is still good: so long may a
  /// refresh whose answer was lost be repeated without losing the grant.
  /// Zero: not at all. Within it the broker repeats one by itself.
  absl::Duration rotation_grace;
  /// Whether a refresh may name fewer scopes than the grant has, for an access
  /// token that may do no more (RFC 6749 section 6).
  bool narrows = false;
  bool redirect_uri_on_refresh = false;
  bool scope_on_refresh = false;
  /// What the exchange of a code names beyond RFC 6749 section 4.1.3.
  bool scope_on_exchange = false;
  bool state_on_exchange = false;

  /// What comes before the token in the Authorization header.
  std::string authorization_scheme = "Bearer";
  /// The field of an answer that says where the token's API is.
  std::string api_domain_field = "api_domain";

  /// One unit of `expires_in`.
  absl::Duration expiry_unit = absl::Seconds(1);
  /// Believed where an answer has no `expires_in`.
  absl::Duration default_lifetime = absl::Hours(1);
  /// Nothing is believed past this.
  absl::Duration maximum_lifetime = absl::Hours(24);

  /// Error names in answers; RFC 6749 section 5.2's apply unless overridden.
  absl::flat_hash_map<std::string, ErrorRule> errors;
  /// The top-level fields whose values are looked up among `errors`, in this
  /// order.
  std::vector<std::string> error_fields = {"error"};
  /// A top-level field and value that make an answer a throttle, whatever else
  /// it says: Zoho's is status=failure. Empty key: none.
  std::string throttle_field;
  std::string throttle_value;
  /// How long to stay away when a throttled answer does not say.
  absl::Duration throttle_pause = absl::Minutes(1);

  /// Whether a superseded grant's refresh token is revoked; false where the
  /// provider would end the newer grant with it.
  bool revoke_superseded = true;

  /// What is counted, and how many of it there may be.
  std::vector<Limit> limits;
  /// How near a limit, in parts of a hundred of it, is worth a warning.
  int64_t warn_at_percent = 80;
  AtCap on_cap = AtCap::kWarn;
};

/// Every configured provider. Thread-safe.
class Providers {
 public:
  explicit Providers(std::vector<Provider> providers);

  /// The provider of that name as it is now, or nullptr. Valid while this
  /// object lives, also when another has taken its place. Takes no lock.
  const Provider* Find(const ProviderName& name) const;

  /// All of them as they are now.
  std::vector<const Provider*> All() const;

  /// The providers that wait for their metadata.
  std::vector<ProviderName> Undiscovered() const;

  /// Puts `provider` in the place of its namesake, if there is one.
  void Replace(Provider provider);

 private:
  // Its keys never change.
  std::map<ProviderName, std::atomic<const Provider*>> current_;
  std::mutex mutex_;
  // Guarded by mutex_: all that ever were current. A deque moves none of them.
  std::deque<Provider> all_;
};

/// The provider's data centre whose accounts server is exactly `url`, or
/// nullopt: that URL comes through a user's browser, and a code sent to one
/// that is not the provider's own is lost to whoever forged it.
std::optional<DataCenter> DataCenterOf(const Provider& provider,
                                       absl::string_view url);

/// The provider's data centre that it calls `location`, or nullopt.
std::optional<DataCenter> DataCenterAt(const Provider& provider,
                                       absl::string_view location);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_PROVIDER_H_

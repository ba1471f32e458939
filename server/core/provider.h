// A provider's descriptor: everything in which one OAuth provider differs from
// another, as data. Immutable once loaded; shared freely between threads.
// docs/providers.md documents each key of the YAML files it is read from.

#ifndef BURSAR_SERVER_CORE_PROVIDER_H_
#define BURSAR_SERVER_CORE_PROVIDER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "server/core/scope.h"
#include "server/core/types.h"

namespace bursar {

/// How a client proves itself at the token endpoint (RFC 6749 section 2.3.1).
enum class ClientAuthentication { kBody, kQuery, kBasic };

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

/// How a revocation is asked for (RFC 7009, or what came before it).
struct RevocationRule {
  std::string path;
  ParameterPlace parameters = ParameterPlace::kBody;
  /// Whether the client authenticates.
  bool authenticated = true;
};

/// One error name and its class, with the class's detail for misconfigurations.
struct ErrorRule {
  ErrorClass error_class;
  /// For kMisconfigured: CLIENT, SECRET, REDIRECT_URI, SCOPE or REQUEST.
  std::string detail;
};

struct Provider {
  ProviderName name;

  /// Where authorization begins if a client names no data centre.
  DataCenter default_data_center;
  std::map<DataCenter, DataCenterEndpoints> data_centers;

  std::string authorize_path;
  std::string token_path;
  /// Absent where the provider has no revocation.
  std::optional<RevocationRule> revocation;

  ClientAuthentication client_authentication = ClientAuthentication::kBody;
  ParameterPlace token_parameters = ParameterPlace::kBody;
  ScopeGrammar scopes;

  /// Parameters added to every authorization URL, such as access_type=offline.
  std::map<std::string, std::string> authorize_parameters;
  /// Whether S256 is sent and its verifier expected (RFC 7636).
  bool pkce = true;
  /// Whether a refresh may replace the refresh token. Where it never does, a
  /// lost answer loses nothing.
  bool may_rotate = true;
  bool redirect_uri_on_refresh = false;
  bool scope_on_refresh = false;

  /// What comes before the token in the Authorization header.
  std::string authorization_scheme = "Bearer";

  /// One unit of `expires_in`.
  absl::Duration expiry_unit = absl::Seconds(1);
  /// Believed where an answer has no `expires_in`.
  absl::Duration default_lifetime = absl::Hours(1);
  /// Nothing is believed past this.
  absl::Duration maximum_lifetime = absl::Hours(24);

  /// Error names in answers; RFC 6749 section 5.2's apply unless overridden.
  absl::flat_hash_map<std::string, ErrorRule> errors;
  /// A top-level field and value that make an answer a throttle, whatever else
  /// it says: Zoho's is status=failure. Empty key: none.
  std::string throttle_field;
  std::string throttle_value;
  /// How long to stay away when a throttled answer does not say.
  absl::Duration throttle_pause = absl::Minutes(1);

  /// Whether a superseded grant's refresh token is revoked; false where the
  /// provider would end the newer grant with it.
  bool revoke_superseded = true;

  /// Refresh tokens that live at once before the oldest is evicted; 0: no cap.
  int64_t cap_per_user_and_client = 0;
  int64_t cap_per_user = 0;
  int64_t cap_per_client = 0;
};

/// Every configured provider.
class Providers {
 public:
  explicit Providers(std::vector<Provider> providers);

  /// The provider of that name, or nullptr. Valid while this object lives.
  const Provider* Find(const ProviderName& name) const;

 private:
  std::map<ProviderName, Provider> by_name_;
};

/// The provider's data centre whose accounts server is exactly `url`, or
/// nullopt: that URL comes through a user's browser, and a code sent to one
/// that is not the provider's own is lost to whoever forged it.
std::optional<DataCenter> DataCenterOf(const Provider& provider,
                                       absl::string_view url);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_PROVIDER_H_

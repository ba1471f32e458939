// How one provider behaves, as data: everything in which one provider differs
// from another is a field here, and nothing else in the sandbox knows a
// product's name. Most fields are switches, changed by name at start or while
// the sandbox runs (persona_switches.h); README.md says what each means. The
// defaults are what Zoho's products have in common. Plain data; no locking.

#ifndef BURSAR_SANDBOX_PERSONA_H_
#define BURSAR_SANDBOX_PERSONA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "sandbox/persona_types.h"
#include "sandbox/scopes.h"
#include "sandbox/window.h"

namespace bursar::sandbox {

struct Persona {
  std::string name;
  std::string title;
  /// The first is home: it keeps the data of users who are not listed.
  std::vector<DataCenter> data_centers;
  std::vector<TestUser> users;
  std::vector<ScopeFamily> scopes;
  std::vector<Organization> organizations;
  std::vector<ApiResource> api;
  EndpointPaths paths;

  // Registration.
  bool client_domain = false;

  // Authorization.
  AccessTypeRule access_type = AccessTypeRule::kOnline;
  /// A scope that asks for offline access; empty: there is none.
  std::string offline_scope;
  /// False: only the first consent and those with prompt=consent.
  bool refresh_token_each_consent = false;
  bool state_mandatory = false;
  bool scope_mandatory = true;
  bool mobile_needs_pkce = true;
  bool organization_selection = false;
  /// Whether a redirect says `location` and `accounts-server`.
  bool location_in_redirect = true;
  absl::Duration code_lifetime = absl::Minutes(2);
  int64_t codes_per_window = 10;
  absl::Duration code_window = absl::Minutes(10);

  // Calls of the token endpoint.
  ClientAuthentication client_authentication = ClientAuthentication::kAny;
  ParameterPlace token_parameters = ParameterPlace::kAnywhere;
  bool scope_on_exchange = false;
  bool state_on_exchange = false;

  // Its answers.
  absl::Duration access_token_lifetime = absl::Hours(1);
  ExpiryUnit expires_in_unit = ExpiryUnit::kSeconds;
  bool expires_in_sec_field = false;
  bool scope_in_answer = true;
  std::string scope_separator = " ";
  bool api_domain_in_answer = true;
  JsonObject answer_extras;

  // Its refusals.
  std::string error_field = "error";
  JsonObject error_extras;
  int64_t error_status = 200;
  int64_t client_error_status = 200;
  std::string client_error = "invalid_client";
  std::string secret_error = "invalid_client_secret";
  std::string grant_type_error = "invalid_client";
  std::string redirect_uri_error = "invalid_redirect_uri";
  std::string scope_error = "invalid_scope";
  std::string dead_error = "invalid_code";
  /// Of codes; empty: as dead refresh tokens are refused.
  std::string dead_code_error;
  JsonObject dead_extras;
  int64_t throttle_status = 200;
  std::string throttle_error = "Access Denied";
  std::string throttle_text =
      "You have made too many requests continuously. Please try again after "
      "some time.";
  JsonObject throttle_extras = {"{\"status\":\"failure\"}"};

  // Refreshing.
  bool redirect_uri_on_refresh = false;
  bool scope_on_refresh = false;
  bool scope_narrowing = true;
  /// Whether the answer names the refresh token that stays.
  bool refresh_token_in_answer = false;
  bool rotation = false;
  /// Rotates only what is older than this.
  absl::Duration rotate_after = absl::ZeroDuration();
  /// How long a rotated token still works.
  absl::Duration rotation_grace = absl::ZeroDuration();
  bool reuse_kills_family = false;
  bool rotation_kills_access_tokens = false;
  absl::Duration refresh_token_lifetime = absl::InfiniteDuration();
  absl::Duration refresh_token_idle_lifetime = absl::InfiniteDuration();
  /// Of a family, from its consent, however often it rotates.
  absl::Duration family_lifetime = absl::InfiniteDuration();
  /// How often one refresh token may be redeemed; 0: always.
  int64_t refresh_token_use_limit = 0;

  // Caps and windows; a count of 0 is no limit.
  int64_t refresh_token_cap = 20;
  CountedBy refresh_tokens_counted_by = CountedBy::kUserAndClient;
  OnCap on_cap = OnCap::kEvict;
  int64_t refresh_tokens_per_window = 5;
  absl::Duration refresh_token_window = absl::Minutes(1);
  int64_t live_access_token_cap = 10;
  int64_t access_tokens_per_window = 10;
  absl::Duration access_token_window = absl::Minutes(10);
  bool sliding_windows = false;

  // Revocation.
  bool revocation_by_value = true;
  bool revocation_by_client = true;
  int64_t revoke_unknown_status = 400;

  // The resource API.
  std::string authorization_scheme = "Zoho-oauthtoken";
  bool access_token_single_use = false;

  // Clients without a browser, and without a user.
  DeviceWords device_words;
  absl::Duration device_code_lifetime = absl::Minutes(5);
  absl::Duration device_interval = absl::Seconds(30);
  ExpiryUnit device_expires_in_unit = ExpiryUnit::kSeconds;
  /// Client credentials for these services name an organisation (`soid`);
  /// separated by commas.
  std::string organization_services;

  const std::string& home() const { return data_centers.front().location; }

  WindowLimit CodeLimit() const {
    return {codes_per_window, code_window, sliding_windows};
  }
  WindowLimit RefreshTokenLimit() const {
    return {refresh_tokens_per_window, refresh_token_window, sliding_windows};
  }
  WindowLimit AccessTokenLimit() const {
    return {access_tokens_per_window, access_token_window, sliding_windows};
  }
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PERSONA_H_

// How one provider behaves, as data: everything in which one provider differs
// from another is a field here, and nothing else in the sandbox knows a
// product's name. Most fields are switches, changed by name at start or while
// the sandbox runs (persona_switches.h). Plain data; no locking.

#ifndef BURSAR_SANDBOX_PERSONA_H_
#define BURSAR_SANDBOX_PERSONA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/scopes.h"
#include "sandbox/window.h"

namespace bursar::sandbox {

/// Somebody who can sign in.
struct TestUser {
  std::string name;  ///< What tokens are made for; shaped like an address.
  std::string display_name;
  std::string location;  ///< The data centre that keeps their data.
};

enum class AccessTypeRule { kOnline, kOffline, kMandatory };
enum class ExpiryUnit { kSeconds, kMilliseconds };
enum class OnCap { kEvict, kDeny };
enum class CountedBy { kUser, kClient, kUserAndClient };

struct Persona {
  std::string name;
  std::string title;
  /// The data centre this server is, as `location` names it.
  std::string location;
  std::vector<TestUser> users;
  std::vector<ScopeFamily> scopes;

  // Authorization.
  AccessTypeRule access_type = AccessTypeRule::kOnline;
  bool state_mandatory = false;
  bool mobile_needs_pkce = true;
  absl::Duration code_lifetime = absl::Minutes(2);
  int64_t codes_per_window = 10;
  absl::Duration code_window = absl::Minutes(10);

  // Answers of the token endpoint.
  absl::Duration access_token_lifetime = absl::Hours(1);
  ExpiryUnit expires_in_unit = ExpiryUnit::kSeconds;
  bool expires_in_sec_field = false;
  bool scope_in_answer = true;
  std::string scope_separator = " ";
  bool api_domain_in_answer = true;
  int64_t error_status = 200;
  std::string dead_error = "invalid_code";
  int64_t throttle_status = 200;
  std::string throttle_text =
      "You have made too many requests continuously. Please try again after "
      "some time.";

  // Refreshing.
  bool redirect_uri_on_refresh = false;
  bool scope_narrowing = true;
  bool rotation = false;
  /// Rotates only what is older than this.
  absl::Duration rotate_after = absl::ZeroDuration();
  /// How long a rotated token still works.
  absl::Duration rotation_grace = absl::ZeroDuration();
  bool reuse_kills_family = false;
  bool rotation_kills_access_tokens = false;
  absl::Duration refresh_token_lifetime = absl::InfiniteDuration();
  absl::Duration refresh_token_idle_lifetime = absl::InfiniteDuration();
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
  absl::Duration device_code_lifetime = absl::Minutes(5);
  absl::Duration device_interval = absl::Seconds(30);
  ExpiryUnit device_expires_in_unit = ExpiryUnit::kSeconds;
  /// Client credentials for these services name an organisation (`soid`);
  /// separated by commas.
  std::string organization_services;

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

/// Zoho Cliq.
Persona CliqPersona();

/// The persona called `name`; NotFound names those that exist.
absl::StatusOr<Persona> FindPersona(absl::string_view name);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PERSONA_H_

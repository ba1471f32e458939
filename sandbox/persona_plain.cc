// What a provider does that keeps to the standards and limits nothing.

#include "sandbox/personas.h"

namespace bursar::sandbox {

Persona PlainPersona(absl::string_view name, absl::string_view title) {
  Persona persona;
  persona.name = std::string(name);
  persona.title = std::string(title);
  persona.data_centers = {{"main", ""}};
  persona.users = {{"ann@example.com", "Ann Abara", "main"},
                   {"bob@example.com", "Bob Brandt", "main"},
                   {"cleo@example.com", "Cleo Castillo", "main"}};
  persona.api = {{"me", {}, "Ann Abara"}};
  persona.paths = {"/authorize", "/token", "", "/revoke", "/api/v1/"};

  persona.access_type = AccessTypeRule::kAlways;
  persona.refresh_token_each_consent = true;
  persona.location_in_redirect = false;
  persona.codes_per_window = 0;
  // RFC 6749 section 2.3.1: parameters never travel in the URI.
  persona.token_parameters = ParameterPlace::kBody;

  persona.api_domain_in_answer = false;
  persona.error_status = 400;
  persona.client_error_status = 401;
  persona.secret_error = "invalid_client";
  persona.grant_type_error = "unsupported_grant_type";
  persona.redirect_uri_error = "invalid_grant";
  persona.dead_error = "invalid_grant";
  persona.throttle_status = 429;
  persona.throttle_error = "rate_limited";
  persona.throttle_text = "Too many requests.";
  persona.throttle_extras = {};

  persona.refresh_token_cap = 0;
  persona.refresh_tokens_per_window = 0;
  persona.live_access_token_cap = 0;
  persona.access_tokens_per_window = 0;

  // RFC 7009 sections 2.1 and 2.2.
  persona.revoke_unknown_status = 200;
  persona.authorization_scheme = "Bearer";
  return persona;
}

}  // namespace bursar::sandbox

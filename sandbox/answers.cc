#include "sandbox/answers.h"

#include "absl/strings/str_join.h"

namespace bursar::sandbox {
namespace {

constexpr int kBadRequest = 400;

Answer Named(const Persona& persona, absl::string_view error) {
  return {static_cast<int>(persona.error_status),
          {{"error", std::string(error)}}};
}

// The text is localised in the wild; the status is what tells.
Answer Failure(const Persona& persona, absl::string_view description) {
  return {static_cast<int>(persona.throttle_status),
          {{"error", "Access Denied"},
           {"error_description", std::string(description)},
           {"status", "failure"}}};
}

}  // namespace

Answer RefusalAnswer(Provider& provider, Refusal refusal) {
  const Persona& persona = provider.persona;
  switch (refusal) {
    case Refusal::kInvalidRequest:
      return {kBadRequest, {{"error", "invalid_request"}}};
    case Refusal::kInvalidClient:
      return Named(persona, "invalid_client");
    case Refusal::kInvalidSecret:
      return Named(persona, "invalid_client_secret");
    case Refusal::kInvalidRedirectUri:
      return Named(persona, "invalid_redirect_uri");
    case Refusal::kInvalidScope:
      return Named(persona, "invalid_scope");
    case Refusal::kDead:
      return Named(persona, persona.dead_error);
    case Refusal::kThrottled:
      ++provider.counts.throttled;
      return Failure(persona, persona.throttle_text);
    case Refusal::kCapReached:
      return Failure(persona, "The maximum number of refresh tokens exists.");
    case Refusal::kMissingOrganization:
      return Named(persona, "missing_org_info");
    case Refusal::kAuthorizationPending:
      return Named(persona, "authorization_pending");
    case Refusal::kSlowDown:
      return Named(persona, "slow_down");
    case Refusal::kAccessDenied:
      return Named(persona, "access_denied");
    case Refusal::kExpired:
      return Named(persona, "expired");
    case Refusal::kOtherDataCenter:
      return Named(persona, "other_dc");
  }
  return {};
}

int64_t InUnit(absl::Duration duration, ExpiryUnit unit) {
  return unit == ExpiryUnit::kSeconds ? absl::ToInt64Seconds(duration)
                                      : absl::ToInt64Milliseconds(duration);
}

Answer TokenAnswer(const Provider& provider, const Tokens::Minted& minted) {
  const Persona& persona = provider.persona;
  nlohmann::json body = {{"access_token", minted.access_token.value},
                         {"token_type", "Bearer"},
                         {"expires_in", InUnit(persona.access_token_lifetime,
                                               persona.expires_in_unit)}};
  if (minted.refresh_token) body["refresh_token"] = *minted.refresh_token;
  if (persona.expires_in_sec_field) {
    body["expires_in_sec"] =
        absl::ToInt64Seconds(persona.access_token_lifetime);
  }
  if (persona.api_domain_in_answer) body["api_domain"] = provider.url;
  if (persona.scope_in_answer) {
    body["scope"] =
        absl::StrJoin(minted.access_token.scopes, persona.scope_separator);
  }
  return {200, std::move(body)};
}

void Send(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  response.set_header("Cache-Control", "no-store");
  response.set_content(answer.body.dump(), "application/json;charset=UTF-8");
}

}  // namespace bursar::sandbox

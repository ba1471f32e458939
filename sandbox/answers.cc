#include "sandbox/answers.h"

#include <utility>

#include "absl/strings/str_join.h"

namespace bursar::sandbox {
namespace {

constexpr int kBadRequest = 400;

void Merge(const JsonObject& extras, nlohmann::json& body) {
  body.update(nlohmann::json::parse(extras.text));
}

Answer Named(const Persona& persona, int64_t status, absl::string_view error) {
  nlohmann::json body = {{persona.error_field, std::string(error)}};
  Merge(persona.error_extras, body);
  return {static_cast<int>(status), std::move(body)};
}

Answer Named(const Persona& persona, absl::string_view error) {
  return Named(persona, persona.error_status, error);
}

Answer Dead(const Persona& persona, absl::string_view error) {
  Answer answer = Named(persona, error);
  Merge(persona.dead_extras, answer.body);
  return answer;
}

// The text is localised in the wild; the status is what tells.
Answer Throttled(const Persona& persona, absl::string_view description) {
  Answer answer =
      Named(persona, persona.throttle_status, persona.throttle_error);
  answer.body["error_description"] = std::string(description);
  Merge(persona.throttle_extras, answer.body);
  return answer;
}

}  // namespace

Answer RefusalAnswer(Provider& provider, Refusal refusal) {
  const Persona& persona = provider.persona;
  switch (refusal) {
    case Refusal::kInvalidRequest:
      return Named(persona, kBadRequest, "invalid_request");
    case Refusal::kInvalidClient:
      return Named(persona, persona.client_error_status, persona.client_error);
    case Refusal::kInvalidSecret:
      return Named(persona, persona.client_error_status, persona.secret_error);
    case Refusal::kUnsupportedGrantType:
      return Named(persona, persona.grant_type_error);
    case Refusal::kInvalidRedirectUri:
      return Named(persona, persona.redirect_uri_error);
    case Refusal::kInvalidScope:
      return Named(persona, persona.scope_error);
    case Refusal::kDead:
      return Dead(persona, persona.dead_error);
    case Refusal::kDeadCode:
      return Dead(persona, persona.dead_code_error.empty()
                               ? persona.dead_error
                               : persona.dead_code_error);
    case Refusal::kThrottled:
      ++provider.counts.throttled;
      return Throttled(persona, persona.throttle_text);
    case Refusal::kCapReached:
      return Throttled(persona, "The maximum number of refresh tokens exists.");
    case Refusal::kMissingOrganization:
      return Named(persona, "missing_org_info");
    case Refusal::kAuthorizationPending:
      return Named(persona, "authorization_pending");
    case Refusal::kSlowDown:
      return Named(persona, "slow_down");
    case Refusal::kAccessDenied:
      return Named(persona, persona.device_words.declined_error);
    case Refusal::kExpired:
      return Named(persona, persona.device_words.expired_error);
    case Refusal::kOtherDataCenter:
      return Named(persona, "other_dc");
  }
  return {};
}

int64_t InUnit(absl::Duration duration, ExpiryUnit unit) {
  return unit == ExpiryUnit::kMilliseconds ? absl::ToInt64Milliseconds(duration)
                                           : absl::ToInt64Seconds(duration);
}

Answer TokenAnswer(const Provider& provider, const Tokens::Minted& minted) {
  const Persona& persona = provider.persona;
  nlohmann::json body = {{"access_token", minted.access_token.value},
                         {"token_type", "Bearer"}};
  if (persona.expires_in_unit != ExpiryUnit::kNone) {
    body["expires_in"] =
        InUnit(persona.access_token_lifetime, persona.expires_in_unit);
  }
  if (minted.refresh_token) body["refresh_token"] = *minted.refresh_token;
  if (persona.expires_in_sec_field) {
    body["expires_in_sec"] =
        absl::ToInt64Seconds(persona.access_token_lifetime);
  }
  if (persona.api_domain_in_answer) body["api_domain"] = provider.url();
  if (persona.scope_in_answer) {
    body["scope"] =
        absl::StrJoin(minted.access_token.scopes, persona.scope_separator);
  }
  Merge(persona.answer_extras, body);
  return {200, std::move(body)};
}

void Send(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  response.set_header("Cache-Control", "no-store");
  if (answer.body.is_null()) return;
  response.set_content(answer.body.dump(), "application/json;charset=UTF-8");
}

}  // namespace bursar::sandbox

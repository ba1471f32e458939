#include "server/upstream/token_response.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "server/upstream/answer_body.h"
#include "server/upstream/error_rules.h"
#include "server/upstream/lifetime.h"
#include "server/upstream/retry_after.h"
#include "server/upstream/trusted_url.h"

namespace bursar {
namespace {

using nlohmann::json;

// What the value of a header may consist of (RFC 6750 section 2.1, loosely).
bool IsVisible(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), absl::ascii_isgraph);
}

Throttled ThrottledFor(std::optional<absl::Duration> retry_after,
                       const Provider& provider) {
  return {retry_after.value_or(provider.throttle_pause)};
}

Transient TransientFor(std::optional<absl::Duration> retry_after) {
  return {retry_after ? Trouble::kUnavailable : Trouble::kServerError,
          retry_after};
}

// Where the body settles nothing.
RedeemResult ReadStatus(int status, std::optional<absl::Duration> retry_after) {
  if (status == 503) return TransientFor(retry_after);
  if (status >= 500) {
    return OutcomeUnknown{Trouble::kServerError, retry_after};
  }
  if (status >= 300) return Transient{Trouble::kMalformed, retry_after};
  return OutcomeUnknown{Trouble::kMalformed, retry_after};
}

RedeemResult ReadError(const std::string& name, const Provider& provider,
                       int status, std::optional<absl::Duration> retry_after) {
  const std::optional<ErrorRule> rule = FindErrorRule(provider, name);
  if (!rule) {
    if (status >= 500) return ReadStatus(status, retry_after);
    return Transient{Trouble::kMalformed, retry_after};
  }
  switch (rule->error_class) {
    case ErrorClass::kDead:
      return Dead{};
    case ErrorClass::kMisconfigured:
      return Misconfigured{rule->detail};
    case ErrorClass::kThrottled:
      return ThrottledFor(retry_after, provider);
    case ErrorClass::kTransient:
      break;
  }
  return TransientFor(retry_after);
}

// Nothing if there is no usable access token.
std::optional<Granted> ReadGrant(json& object, const Provider& provider,
                                 absl::Time sent) {
  std::optional<Secret> access_token = TakeSecret(object, "access_token");
  if (!access_token || !IsVisible(access_token->Expose())) return std::nullopt;
  Granted granted;
  granted.refresh_token = TakeSecret(object, "refresh_token");
  AccessToken& token = granted.access_token;
  token.value = *std::move(access_token);
  token.token_type = TextMember(object, "token_type").value_or("Bearer");
  token.scopes = Scopes::Parse(TextMember(object, "scope").value_or(""));
  token.api_domain =
      TextMember(object, provider.api_domain_field.c_str()).value_or("");
  // A caller would send the token there.
  if (!IsTrustedUrl(token.api_domain)) token.api_domain.clear();
  token.obtained = sent;
  token.expiry = sent + LifetimeOf(object, provider);
  return granted;
}

}  // namespace

RedeemResult ReadTokenAnswer(const HttpAnswer& answer, const Provider& provider,
                             absl::Time sent, absl::Time now) {
  const std::optional<absl::Duration> retry_after =
      ParseRetryAfter(answer.retry_after, now);
  std::optional<json> object = ParseObject(answer.body.Expose());
  const bool throttled = object && HasThrottleMarker(*object, provider);
  const std::optional<std::string> error =
      object ? ErrorName(*object, provider) : std::nullopt;
  if (object && !throttled && !error) {
    if (auto granted = ReadGrant(*object, provider, sent)) {
      return *std::move(granted);
    }
  }
  if (throttled || answer.status == 429) {
    return ThrottledFor(retry_after, provider);
  }
  if (error) return ReadError(*error, provider, answer.status, retry_after);
  return ReadStatus(answer.status, retry_after);
}

RedeemResult ReadFragmentToken(const FragmentToken& token,
                               const Provider& provider, absl::Time now) {
  json object = token.parameters;
  object["access_token"] = std::string(token.access_token.Expose());
  auto granted = ReadGrant(object, provider, now);
  if (!granted) return Transient{Trouble::kMalformed, std::nullopt};
  granted->refresh_token.reset();
  return *std::move(granted);
}

RedeemResult ReadTokenFailure(const HttpFailure& failure) {
  if (failure.sent) return OutcomeUnknown{failure.trouble, std::nullopt};
  return Transient{failure.trouble, std::nullopt};
}

}  // namespace bursar

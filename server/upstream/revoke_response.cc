#include "server/upstream/revoke_response.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "server/upstream/answer_body.h"
#include "server/upstream/error_rules.h"

namespace bursar {
namespace {

// What the body says, or nothing if it says nothing that anybody listed.
std::optional<RevokeResult> ReadBody(const nlohmann::json& object,
                                     const Provider& provider) {
  if (HasThrottleMarker(object, provider)) return RevokeResult::kTryAgain;
  const std::optional<std::string> name = ErrorName(object, provider);
  if (!name) return std::nullopt;
  const std::optional<ErrorRule> rule = FindErrorRule(provider, *name);
  if (!rule) return std::nullopt;
  switch (rule->error_class) {
    case ErrorClass::kDead:
      return RevokeResult::kUnknownToProvider;
    case ErrorClass::kMisconfigured:
      return RevokeResult::kRefused;
    case ErrorClass::kThrottled:
    case ErrorClass::kTransient:
      break;
  }
  return RevokeResult::kTryAgain;
}

// Where the token is what the path names.
bool IsInPath(const Provider& provider) {
  return provider.revocation &&
         provider.revocation->token_place == TokenPlace::kPath;
}

RevokeResult ReadStatus(int status, bool names_error, bool token_is_in_path) {
  switch (status) {
    case 400:
      return RevokeResult::kUnknownToProvider;
    case 404:
      return token_is_in_path ? RevokeResult::kUnknownToProvider
                              : RevokeResult::kRefused;
    case 401:
    case 403:
    case 405:
    case 422:
    case 501:
      return RevokeResult::kRefused;
    default:
      return status >= 200 && status < 300 && !names_error
                 ? RevokeResult::kConfirmed
                 : RevokeResult::kTryAgain;
  }
}

}  // namespace

RevokeResult ReadRevokeAnswer(const HttpAnswer& answer,
                              const Provider& provider) {
  if (answer.status == 429) return RevokeResult::kTryAgain;
  const auto object = ParseObject(answer.body.Expose());
  if (object) {
    if (const auto said = ReadBody(*object, provider)) return *said;
  }
  return ReadStatus(answer.status, object && ErrorName(*object, provider),
                    IsInPath(provider));
}

}  // namespace bursar

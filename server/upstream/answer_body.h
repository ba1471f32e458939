// The JSON that providers answer with, as far as every reader of it needs the
// same. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_ANSWER_BODY_H_
#define BURSAR_SERVER_UPSTREAM_ANSWER_BODY_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"
#include "server/core/provider.h"

namespace bursar {

/// The JSON object that `body` is, or nothing if it is no JSON, no object, or
/// nested deeper than any token answer.
std::optional<nlohmann::json> ParseObject(absl::string_view body);

/// The member `name` if it is a string that is not empty.
std::optional<std::string> TextMember(const nlohmann::json& object,
                                      const char* name);

/// The same for a secret, which is moved out: `object` keeps no copy.
std::optional<Secret> TakeSecret(nlohmann::json& object, const char* name);

/// Whether the descriptor's marker for "too many requests" is in `object`.
bool HasThrottleMarker(const nlohmann::json& object, const Provider& provider);

/// The error that `object` names: the first of the descriptor's error_fields
/// whose value has a rule; failing that, whatever is in `error` (RFC 6749
/// section 5.2), for that field says that there is one. If it is not text, the
/// error has no name: "". Null and the empty string are no error.
std::optional<std::string> ErrorName(const nlohmann::json& object,
                                     const Provider& provider);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_ANSWER_BODY_H_

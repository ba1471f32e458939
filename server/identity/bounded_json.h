// JSON from strangers, read within bounds. Pure.

#ifndef BURSAR_SERVER_IDENTITY_BOUNDED_JSON_H_
#define BURSAR_SERVER_IDENTITY_BOUNDED_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

/// The JSON object that `text` is. Nothing if it is no JSON or no object, is
/// nested deeper than tokens, key sets and reviews are, or says a name twice,
/// which readers may take one way or the other.
std::optional<nlohmann::json> ParseBoundedObject(absl::string_view text);

/// The member `name`, or null if there is none.
const nlohmann::json* Member(const nlohmann::json& object, const char* name);

/// The member `name` if it is a string; empty without one.
std::string TextMemberOf(const nlohmann::json& object, const char* name);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_BOUNDED_JSON_H_
